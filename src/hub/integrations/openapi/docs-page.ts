import { html } from "hono/html";
import { type Html, plainPage } from "../plain-page.ts";
import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from "./openapi-document.ts";

/** The description of the API for people: one page, without scripts and without anything from elsewhere. */
export function docsPage(document: OpenApiDocument): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationHtml({ method, path, operation })),
  );
  return plainPage(
    "HTTP API",
    html`<h1>HTTP API of Emberwatch ${document.info.version}</h1>
<p>${document.info.description}</p>
<p>For programs: <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI ${document.openapi}).</p>
${operations}`,
  );
}

function operationHtml(route: {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}): Html {
  const { method, path, operation } = route;
  const { summary, parameters, requestBody, responses } = operation;
  const states = Object.entries(responses);
  return html`<section id="${operation.operationId}">
<h2><b>${method.toUpperCase()}</b> <code>${path}</code></h2>
<p>${summary}.</p>
${parameters.length === 0 ? "" : parametersHtml(parameters)}
${requestBody === undefined ? "" : schemaHtml("Body", requestBody.content)}
<ul>${states.map(([status, { description }]) => html`<li><b>${status}</b> ${description}</li>`)}</ul>
${schemaHtml("Answer", states[0]?.[1].content ?? {})}
</section>
`;
}

function parametersHtml(parameters: readonly OpenApiParameter[]): Html {
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      html`<tr><td><code>${name}</code></td><td>${place}${required ? "" : ", may be left out"}</td><td><code>${JSON.stringify(schema)}</code></td></tr>`,
  );
  return html`<table><tbody>${rows}</tbody></table>`;
}

function schemaHtml(title: string, content: Readonly<Record<string, unknown>>): Html {
  const [media = ""] = Object.keys(content);
  return html`<details><summary>${title}: ${media}</summary><pre>${JSON.stringify(content[media], null, 2)}</pre></details>`;
}

/** How that page looks: the browser's own colours, light or dark. */
export const docsStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0; }
pre, table { overflow-x: auto; display: block; }
pre { border: 1px solid; padding: 0.5rem; font-size: 0.8rem; }
td { padding: 0 1rem 0.3rem 0; vertical-align: top; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: 0.4rem 0; }
`;
