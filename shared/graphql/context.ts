import type { DataSource, EntityManager } from "typeorm";
import { DisclosureRecorder } from "../audit/disclosure-recorder";
import { readStanding, type Standing } from "../database/terms.queries";
import { asViewer, asWriter } from "../database/transaction";
import { type Decision, decide, type Resource } from "../policy/decide";
import type { Terms } from "../policy/terms";
import type { Channel } from "../viewer/channel";
import { mayRead, NO_FACTS, type Viewer } from "../viewer/viewer";
import type { Verified } from "../viewer/viewer-assertion";
import type { Asking } from "./shield";

/**
 * What every resolver is handed: who asks, what it was granted (read once, before anything resolves, so that deciding
 * stays synchronous and loaders keep their batches) and the only way to the database. Subgraphs add their loaders in
 * `subgraph`; like everything here those live for one request of one viewer.
 */
export class RequestContext<Loaders = unknown> implements Asking {
  readonly viewer: Viewer | null;
  readonly terms: Terms;
  readonly requestId: string;
  /** By which way the answer will leave. */
  readonly channel: Channel;
  /** What it has been shown and refused so far, for the disclosure log. */
  readonly recorder: DisclosureRecorder;
  readonly verdicts: Asking["verdicts"] = new WeakMap();
  readonly loaders: Loaders;

  constructor(
    private readonly dataSource: DataSource,
    verified: Verified,
    { facts, terms }: Standing,
    createLoaders: (context: RequestContext<Loaders>) => Loaders,
  ) {
    this.viewer = verified.viewer && { ...verified.viewer, ...facts };
    this.terms = terms;
    this.requestId = verified.requestId;
    this.channel = verified.channel;
    this.recorder = new DisclosureRecorder(verified);
    this.loaders = createLoaders(this);
  }

  decide(resource: Resource): Decision {
    return decide(this.viewer, resource, this.terms);
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return asViewer(this.dataSource, this.viewer, work);
  }

  /** All of it or nothing; row-level security holds for what is written as for what is read. */
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return asWriter(this.dataSource, this.viewer, work);
  }
}

export async function openRequest<Loaders>(
  dataSource: DataSource,
  verified: Verified,
  createLoaders: (context: RequestContext<Loaders>) => Loaders,
): Promise<RequestContext<Loaders>> {
  const standing = mayRead(verified.viewer)
    ? await readStanding(dataSource, verified.viewer)
    : { facts: NO_FACTS, terms: { now: new Date(), all: [] } };
  return new RequestContext(dataSource, verified, standing, createLoaders);
}
