import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import './sheets/menu.css';

/** An entry of a menu, either a link or an action. */
export interface MenuItem {
  readonly label: string;
  /** A place to go, or something to do. */
  readonly href?: string;
  readonly onSelect?: () => void;
  readonly tone?: 'bad';
}

interface MenuProps {
  /** What the button shows. */
  readonly children: ReactNode;
  /** What it is called, where it shows only a sign. */
  readonly label?: string;
  readonly className?: string | undefined;
  readonly items: readonly MenuItem[];
}

/** A menu button as the ARIA practices have it: arrows move, Esc and Tab close, the focus goes back to the button. */
export function Menu({ children, label, className = 'plain', items }: MenuProps): ReactElement {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [, navigate] = useLocation();

  useEffect(() => {
    if (!open) return;
    entries(box.current)[0]?.focus();
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
    if (event.key === 'Tab') setOpen(false);
    const all = entries(box.current);
    const at = all.findIndex((entry) => entry.matches(':focus'));
    const target = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (open) all.at(target % Math.max(1, all.length))?.focus();
    else setOpen(true);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the button and of the menu inside
    <div className="menu" ref={box} onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div className="menu-list" role="menu" id={id} aria-label={label}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-tone={item.tone}
              onClick={() => {
                close();
                if (item.href !== undefined) navigate(item.href);
                item.onSelect?.();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function entries(box: HTMLElement | null): readonly HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
