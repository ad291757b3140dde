/** What the page is made of. Every address comes from `Webview.asWebviewUri`. */
interface ChatHtmlParts {
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Fresh for every page. */
  readonly nonce: string;
  /** Language of the texts, as in the `lang` attribute. */
  readonly language: string;
  readonly title: string;
}

/**
 * The page of the chat view: one script, one style sheet, nothing inline, no network, no forms, no frames. What the model or a file
 * says is put in by the script, as text or sanitized.
 */
export function chatHtml({ cspSource, script, style, nonce, language, title }: ChatHtmlParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    // Text becomes markup in one place only: what the sanitizer gives out.
    "require-trusted-types-for 'script'",
    'trusted-types dompurify',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(style)}">
</head>
<body>
<div id="chat"></div>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
