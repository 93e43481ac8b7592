/** What the server tells every page of kernels: that one was restarted or ended, whoever asked for it. */
import type { Event as Events, ServiceManager } from '@jupyterlab/services';

/** Of the server's own kinds of news this one; https://jupyter-server.readthedocs.io/en/latest/operators/events.html */
const KERNEL_ACTIONS = 'https://events.jupyter.org/jupyter_server/kernel_actions/';
/** After these a kernel knows nothing of what it knew before. */
const ENDS: ReadonlySet<unknown> = new Set(['restart', 'shutdown']);

/**
 * Tells of each kernel that has begun anew or ended, as an event of the type "kernel-gone" that holds its id; and that
 * the server has left a question unanswered, as "server-unheard".
 */
export const restarts = new EventTarget();

/** Has the server's news heard, as long as the page lives; a server that tells none is none to hear. */
export function hearRestarts(events: Pick<Events.IManager, 'stream'> | undefined): void {
  events?.stream.connect((_, { schema_id, action, status, kernel_id }) => {
    if (schema_id.startsWith(KERNEL_ACTIONS) && status === 'success' && ENDS.has(action)) {
      restarts.dispatchEvent(new CustomEvent('kernel-gone', { detail: kernel_id }));
    }
  });
}

/** Has it heard, as long as the page lives, that JupyterLab could not reach its server. */
export function hearFailures(manager: Pick<ServiceManager.IManager, 'connectionFailure'>): void {
  manager.connectionFailure?.connect(() => restarts.dispatchEvent(new Event('server-unheard')));
}
