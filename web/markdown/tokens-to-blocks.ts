import type { Token } from 'markdown-it';
import type { Block, Inline, ListItem } from './nodes.ts';

/** markdown-it's flat list of tokens, with opening and closing ones, as a tree. */
export function tokensToBlocks(tokens: readonly Token[]): readonly Block[] {
  return new Reader(tokens).blocks();
}

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  /** Everything up to the token that closes what holds it. */
  blocks(): readonly Block[] {
    const blocks: Block[] = [];
    for (let token = this.tokens[this.at]; token && token.nesting >= 0; token = this.tokens[this.at]) {
      this.at += 1;
      const block = this.block(token);
      if (block) blocks.push(block);
    }
    this.at += 1;
    return blocks;
  }

  private block(token: Token): Block | undefined {
    switch (token.type) {
      case 'heading_open':
        return { kind: 'heading', depth: Number(token.tag.slice(1)), content: this.inline() };
      case 'paragraph_open':
        return { kind: token.hidden ? 'line' : 'paragraph', content: this.inline() };
      case 'fence':
      case 'code_block':
        return { kind: 'code', language: token.info.trim(), text: token.content.replace(/\n$/, '') };
      case 'blockquote_open':
        return { kind: 'quote', blocks: this.blocks() };
      case 'bullet_list_open':
        return { kind: 'list', start: undefined, items: this.items() };
      case 'ordered_list_open':
        return { kind: 'list', start: Number(token.attrGet('start') ?? 1), items: this.items() };
      case 'table_open':
        return this.table();
      case 'hr':
        return { kind: 'rule' };
      case 'html_block':
        return { kind: 'raw', text: token.content };
      default:
        return token.content === '' ? undefined : { kind: 'raw', text: token.content };
    }
  }

  /** The one `inline` token between an opening and its closing token. */
  private inline(): readonly Inline[] {
    const content = tokensToInlines(this.tokens[this.at]?.children ?? []);
    this.at += 2;
    return content;
  }

  private items(): readonly ListItem[] {
    const items: ListItem[] = [];
    while (this.tokens[this.at]?.type === 'list_item_open') {
      this.at += 1;
      items.push(toItem(this.blocks()));
    }
    this.at += 1;
    return items;
  }

  private table(): Block {
    const rows: (readonly Inline[])[][] = [];
    for (
      let token = this.tokens[this.at];
      token && token.type !== 'table_close';
      token = this.tokens[this.at]
    ) {
      this.at += 1;
      if (token.type === 'tr_open') rows.push([]);
      if (token.type === 'inline') rows.at(-1)?.push(tokensToInlines(token.children ?? []));
    }
    this.at += 1;
    const [head = [], ...rest] = rows;
    return { kind: 'table', head, rows: rest };
  }
}

/** GitHub's task lists: `[ ]` or `[x]` before the first words of an item. */
function toItem(blocks: readonly Block[]): ListItem {
  const [first, ...others] = blocks;
  if (first?.kind !== 'line' && first?.kind !== 'paragraph') return { blocks, checked: undefined };
  const [lead, ...rest] = first.content;
  const box = lead?.kind === 'text' ? /^\[([ xX])\]\s/.exec(lead.text) : null;
  if (lead?.kind !== 'text' || !box) return { blocks, checked: undefined };
  const text: Inline = { kind: 'text', text: lead.text.slice(box[0].length) };
  return { blocks: [{ ...first, content: [text, ...rest] }, ...others], checked: box[1] !== ' ' };
}

const SPANS = { strong_open: 'strong', em_open: 'em', s_open: 'del' } as const;

function tokensToInlines(tokens: readonly Token[]): readonly Inline[] {
  let at = 0;
  const read = (): readonly Inline[] => {
    const content: Inline[] = [];
    for (let token = tokens[at]; token && token.nesting >= 0; token = tokens[at]) {
      at += 1;
      content.push(inline(token));
    }
    at += 1;
    return content;
  };
  const inline = (token: Token): Inline => {
    switch (token.type) {
      case 'strong_open':
      case 'em_open':
      case 's_open':
        return { kind: SPANS[token.type], content: read() };
      case 'link_open':
        return { kind: 'link', href: String(token.attrGet('href') ?? ''), content: read() };
      case 'image':
        return { kind: 'image', href: String(token.attrGet('src') ?? ''), text: token.content };
      case 'code_inline':
        return { kind: 'code', text: token.content };
      case 'softbreak':
        return { kind: 'text', text: '\n' };
      case 'hardbreak':
        return { kind: 'break' };
      default:
        return { kind: 'text', text: token.content };
    }
  };
  return read();
}
