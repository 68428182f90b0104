import type { Worker } from 'node:cluster';

/** What Node's cluster sends along with a connection, and what comes back once it was taken. Node's own, and in none of its types. */
interface Handed {
  readonly cmd?: unknown;
  readonly act?: unknown;
  readonly seq?: unknown;
  readonly ack?: unknown;
}

/**
 * A connection that was handed to a process which died before it took it is in nobody's hands: Node waits for its answer for ever, and
 * so does the client. Here the answer is given in the dead one's place, so that another process gets the connection. Node has no
 * documented way; this one holds in Node 20 to 24, and in a Node without it nothing is changed.
 */
export function returnConnections(worker: Worker): void {
  const { process: child } = worker;
  const untaken = new Set<unknown>();
  const send = child.send.bind(child);
  // as: in every form that Node's own code calls it
  child.send = ((message: Handed, ...more: []) => {
    if (message.cmd === 'NODE_CLUSTER' && message.act === 'newconn') untaken.add(message.seq);
    return send(message, ...more);
  }) as typeof child.send;
  child.on('internalMessage', ({ ack }: Handed) => untaken.delete(ack));
  const giveBack = (): void => {
    for (const ack of untaken) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false });
    untaken.clear();
  };
  // after Node's own listeners, which take the dead one off the list of those who get connections
  worker.once('disconnect', giveBack).once('exit', giveBack);
}
