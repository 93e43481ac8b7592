import { describe, expect, it } from 'vitest';

import { inMessage } from '../../testing/page';
import { SceneModel } from '../scene/scene_view';
import { FrameModel } from './frame_model';

const told = { sequence: 12, label: 'Kernels \u00d7 3' };

describe('the header of a frame', () => {
  it('is read from the bytes that the kernel sends, wherever they lie in its message', async () => {
    const bytes = inMessage(new TextEncoder().encode(JSON.stringify(told)));
    expect(await FrameModel._deserialize_state({ header: bytes }, null as never)).toEqual({ header: told });
  });

  it('is plain data in a notebook that was saved with its widgets, and before the first frame', async () => {
    expect(await SceneModel._deserialize_state({ header: told }, null as never)).toEqual({ header: told });
    expect(await SceneModel._deserialize_state({ header: {} }, null as never)).toEqual({ header: {} });
  });
});
