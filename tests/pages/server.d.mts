/** Starts the sample site's two origins; port 0 (the default) takes free ones. */
export function startSampleSite(options?: { port?: number }): Promise<{
  origin: string;
  otherOrigin: string;
  close: () => Promise<void>;
}>;
