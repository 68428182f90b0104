import type { Socket } from 'node:net';

/** A run's permission to have its key put into requests to one origin, in one header. */
export interface Lease {
  /** Stands for the key in the request that undici builds. */
  readonly placeholder: string;
  /** Sockets that requests of this run were written to. */
  readonly sockets: ReadonlySet<Socket>;
  /** Ends the permission; a request that is written afterwards destroys its socket. */
  end(): void;
}
