import type { FastifyInstance } from "fastify";
import { contentSecurityPolicy, holdsPage, registerStaticPage } from "./static-page";

/** The folder of the explorer that `npm run build` made. */
export interface ExplorerOptions {
  readonly directory: string;
}

/** Serves the example application under `/explorer/`. If it was not built, logs that and serves nothing. */
export async function registerExplorer(app: FastifyInstance, { directory }: ExplorerOptions): Promise<void> {
  if (!holdsPage(directory)) {
    app.log.warn(`there is no explorer in ${directory}: npm run build makes it`);
    return;
  }
  await registerStaticPage(app, {
    directory,
    prefix: "/explorer",
    contentSecurityPolicy: contentSecurityPolicy(),
    ownsSendFile: false,
  });
  app.log.info("the explorer is at /explorer/");
}
