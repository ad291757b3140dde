import { env, l10n, Uri } from 'vscode';
import { visible } from '../core/gate/visible';
import { showModal } from './dialogs';
import { webAddress } from './webAddress';

/** Opens a link of the model's text in the browser, after a person has seen where it leads. Only http and https. */
export async function openLink(link: string, show: typeof showModal = showModal): Promise<void> {
  const url = webAddress(link);
  if (!url) return;
  const copy = l10n.t('Copy Address');
  const open = l10n.t('Open');
  const picked = await show(l10n.t('Open this address in the browser?'), visible(url), [copy, open]);
  if (picked === open) await env.openExternal(Uri.parse(url, true));
  else if (picked === copy) await env.clipboard.writeText(url);
}
