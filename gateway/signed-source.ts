import type { GraphQLDataSource } from "@apollo/gateway";
import type { Logger } from "pino";
import { AccordError } from "../shared/errors/errors";
import type { Channel } from "../shared/viewer/channel";
import type { Identity } from "../shared/viewer/viewer";
import type { AssertionSigner } from "../shared/viewer/viewer-assertion";
import type { Link } from "./link";
import type { Basis } from "./receipts/receipt";

/** What the gateway knows of one request of a client. */
export interface GatewayContext {
  viewer: Identity | null;
  requestId: string;
  /** By which way the answer will leave; the graph itself unless a route says otherwise. */
  channel?: Channel;
  /** Where the client wants a receipt: what the subgraphs say that the answer rests on. */
  bases?: Basis[];
}

/** Hands the viewer on to a subgraph, signed. No header of the client goes along. */
export function signedSource(
  name: string,
  link: Link,
  signer: AssertionSigner,
  logger: Logger,
): GraphQLDataSource<GatewayContext> {
  return {
    async process({ request, context }) {
      const { viewer, requestId, channel = "GRAPHQL", bases } = context as GatewayContext;
      const asked = { viewer, requestId, channel, receipt: bases !== undefined };
      const { query, variables, operationName } = request;
      const body = JSON.stringify({ query, variables, operationName });
      try {
        const result = await link.send(body, signer.issue(name, body, asked));
        const { extensions, ...answer } = result;
        if (extensions?.basis) bases?.push(extensions.basis as Basis);
        return answer as never;
      } catch (error) {
        logger.error({ requestId, subgraph: name, error }, "subgraph does not answer");
        throw new AccordError(
          "SUBGRAPH_UNAVAILABLE",
          "A part of the exchange does not answer just now. Repeat the request later.",
        );
      }
    },
  };
}
