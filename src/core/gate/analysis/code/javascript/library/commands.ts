/** Words that begin commands rather than sentences. */
const programs =
  /^\s*(?:sudo|doas|rm|curl|wget|sh|bash|zsh|dash|dd|mkfs\S*|chmod|chown|kill|pkill|killall|nc|ncat|netcat|socat|ssh|scp|rsync|git|npm|npx|pnpm|yarn|bun|bunx|deno|node|python3?|perl|ruby|php|pip3?|docker|podman|kubectl|terraform|aws|gcloud|az|gh|cat|cp|mv|ln|tee|find|xargs|sed|awk|tar|zip|unzip|crontab|systemctl|service|launchctl|eval|exec|source|env|export|echo|printf|mkdir|touch|powershell|cmd)\s+\S/;

/** Whether a text given to something that runs commands is one. */
export function looksLikeCommand(text: string): boolean {
  return programs.test(text) || /[`;|&]\s*(?:sudo|rm|curl|wget|sh|bash|nc)\b|\$\(|^\s*(?:\.{0,2}\/|~\/)\S+/.test(text);
}
