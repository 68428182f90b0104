/** The circles of a graph, each as the names on its way back to where it began; none where there is an order. */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const way: string[] = [];
  const visit = (name: string): void => {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      circles.push([...way.slice(way.indexOf(name)), name]);
      return;
    }
    state.set(name, 'open');
    way.push(name);
    for (const next of graph.get(name) ?? []) visit(next);
    way.pop();
    state.set(name, 'done');
  };
  for (const name of graph.keys()) visit(name);
  return circles;
}

/** Names so that every arrow points further down; call it on a graph without circles. */
export function inOrder(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    depths.set(name, 0);
    const depth = 1 + Math.max(0, ...(graph.get(name) ?? []).map(depthOf));
    depths.set(name, depth);
    return depth;
  };
  return [...graph.keys()].sort((a, b) => depthOf(b) - depthOf(a) || a.localeCompare(b));
}
