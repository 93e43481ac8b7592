import { describe, expect, it } from 'vitest';

import { hearFailures, hearRestarts, restarts } from './restarts';
import { CountedSignal } from './testing/kernel';

const SCHEMA = 'https://events.jupyter.org/jupyter_server/kernel_actions/v1';

describe('news of the server', () => {
  it.each([
    ['restart', 'success', SCHEMA, ['kernel']],
    ['shutdown', 'success', SCHEMA, ['kernel']],
    ['start', 'success', SCHEMA, []],
    ['interrupt', 'success', SCHEMA, []],
    ['restart', 'error', SCHEMA, []],
    ['restart', 'success', 'https://events.jupyter.org/jupyter_server/contents_service/v1', []]
  ])('of %s, %s are told on where a kernel has begun anew or ended', (action, status, schema_id, told) => {
    const stream = new CountedSignal<unknown, object>(null);
    hearRestarts({ stream } as never);
    const heard: unknown[] = [];
    const hear = (event: Event): unknown => heard.push((event as CustomEvent).detail);
    restarts.addEventListener('kernel-gone', hear);
    stream.emit({ schema_id, action, status, kernel_id: 'kernel', msg: 'Kernel was restarted' });
    restarts.removeEventListener('kernel-gone', hear);
    expect(heard).toEqual(told);
  });

  it('may be missing, as in a front end without a server', () => {
    expect(() => hearRestarts(undefined)).not.toThrow();
  });

  it('that it left a question unanswered is told on', () => {
    const connectionFailure = new CountedSignal<unknown, Error>(null);
    hearFailures({ connectionFailure } as never);
    const heard: string[] = [];
    const hear = (event: Event): unknown => heard.push(event.type);
    restarts.addEventListener('server-unheard', hear);
    connectionFailure.emit(new Error('no route'));
    restarts.removeEventListener('server-unheard', hear);
    expect(heard).toEqual(['server-unheard']);
  });
});
