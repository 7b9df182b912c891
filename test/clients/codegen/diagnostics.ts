import { dirname, join } from "node:path";
import ts from "typescript";

/** What the project's compiler says to modules beside this one that are on no disk, each by its name: none, where all is well. */
export function diagnosticsOf(modules: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const texts = new Map(Object.entries(modules).map(([name, text]) => [join(__dirname, `${name}.ts`), text]));
  const options = projectOptions();
  const host = ts.createCompilerHost(options);
  const readable: ts.CompilerHost = {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    getSourceFile: (path, language) => {
      const text = texts.get(path);
      return text === undefined ? host.getSourceFile(path, language) : ts.createSourceFile(path, text, language);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, readable);
  return Object.fromEntries(
    Object.keys(modules).map((name) => [
      name,
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(join(__dirname, `${name}.ts`)))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ]),
  );
}

/** As `npm run check:types` has them. */
function projectOptions(): ts.CompilerOptions {
  const path = join(__dirname, "../../../tsconfig.json");
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { readonly config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path)).options;
}
