/** By which way an answer left. */
export const CHANNELS = ["GRAPHQL", "EXPORT", "STREAM", "FEED", "WEBHOOK", "DOCUMENT"] as const;
export type Channel = (typeof CHANNELS)[number];
