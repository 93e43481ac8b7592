import { describe, expect, it } from 'vitest';

import { inMessage } from './testing/page';
import { Fields, FrameError, bytes, dataView, floats } from './wire';

const three = new Uint8Array(new Float32Array([1.5, -2, Number.NaN]).buffer);

describe('a frame’s numbers', () => {
  it.each([0, 1, 4, 7])('are read %i bytes into a message', lead => {
    expect([...floats(inMessage(three, lead))]).toEqual([1.5, -2, Number.NaN]);
  });

  it('are not copied where they are aligned', () => {
    const view = inMessage(three, 8);
    expect(floats(view).buffer).toBe(view.buffer);
  });

  it('are read from an offset, for a length', () => {
    expect([...floats(inMessage(three), 1, 1)]).toEqual([-2]);
  });

  it.each([
    [2, 2],
    [-1, 1],
    [4, 0]
  ])('from %i, %i of them, are refused where there are only three', (offset, length) => {
    expect(() => floats(inMessage(three), offset, length)).toThrow('it has 12 bytes');
  });

  it('are read as bytes at their place', () => {
    expect([...bytes(inMessage([9, 8, 7], 2), 3)]).toEqual([9, 8, 7]);
    expect(() => bytes(inMessage([9, 8, 7]), 4)).toThrow('should hold 4 bytes; it has 3');
  });

  it('are empty where a manager gives no bytes', () => {
    expect(dataView(null).byteLength).toBe(0);
    expect(dataView('text').byteLength).toBe(0);
    expect(dataView(new Uint8Array([1, 2, 3]).subarray(1)).getUint8(0)).toBe(2);
    expect(dataView(new ArrayBuffer(5)).byteLength).toBe(5);
  });
});

describe('a header', () => {
  const fields = new Fields({
    n: 3,
    x: 0.5,
    t: 'V1',
    f: true,
    l: ['a'],
    b: [true],
    i: [2, 0],
    c: [{ n: 1 }, 4],
    none: null
  });

  it('gives each field by name and type', () => {
    expect(fields.integer('n', 1, 3)).toBe(3);
    expect(fields.number('x')).toBe(0.5);
    expect(fields.optionalNumber('none')).toBeUndefined();
    expect(fields.optionalNumber('x')).toBe(0.5);
    expect(fields.text('t')).toBe('V1');
    expect(fields.text('missing', 'else')).toBe('else');
    expect(fields.flag('f')).toBe(true);
    expect(fields.texts('l')).toEqual(['a']);
    expect(fields.flags('b')).toEqual([true]);
    expect(fields.integers('i')).toEqual([2, 0]);
    expect(fields.numbers('i', 2)).toEqual([2, 0]);
    expect(fields.choice('t', ['V1', 'V2'])).toBe('V1');
  });

  it.each([
    ['integer', 'x', /whole number.*0\.5/],
    ['integer', 'missing', /`missing`.*nothing/],
    ['number', 't', /finite number/],
    ['text', 'n', /as text/],
    ['flag', 'n', /true or false/],
    ['texts', 'b', /list of texts/],
    ['flags', 'l', /list of true or false/],
    ['children', 'n', /a list/]
  ] as const)('refuses %s %s in words', (method, name, message) => {
    expect(() => fields[method](name)).toThrow(FrameError);
    expect(() => fields[method](name)).toThrow(message);
  });

  it('refuses lists of other numbers than are wanted', () => {
    expect(() => fields.integers('l')).toThrow('as a list of whole numbers; it has ["a"]');
    expect(() => fields.numbers('i', 3)).toThrow('as a list of 3 finite numbers; it has [2,0]');
    expect(() => fields.numbers('l', 1)).toThrow('1 finite numbers');
    expect(() => new Fields({ x: [NaN] }).numbers('x', 1)).toThrow('1 finite numbers');
  });

  it('refuses a number out of range, a choice that is none, and infinity', () => {
    expect(() => fields.integer('n', 4)).toThrow('at least 4');
    expect(() => fields.integer('n', 0, 2)).toThrow('whole number');
    expect(() => fields.choice('t', ['IT'])).toThrow('one of IT; it has "V1"');
    expect(() => new Fields({ x: Infinity }).number('x')).toThrow('finite');
  });

  it('names the place of what is wrong in a list', () => {
    expect(() => fields.children('c')).toThrow('header.c[1]');
    expect(() => new Fields({ c: [{}] }).children('c')[0]!.integer('n')).toThrow('header.c[0] needs `n`');
  });

  it.each([null, 'text', [], 3])('is refused as %j', header => {
    expect(() => new Fields(header)).toThrow('should be an object');
  });

  it('shortens what it quotes', () => {
    expect(() => new Fields({ n: 'x'.repeat(500) }).integer('n')).toThrow(/"x{56}\.\.\./);
  });
});
