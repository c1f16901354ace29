// parity.mjs ENGINE.WASM GOLDEN_FOLDER: the same files come to the same state, byte for byte, in WebAssembly as natively
// (test_formats.c), and the module imports nothing and keeps its size.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const [wasm, golden] = process.argv.slice(2);
const bytes = readFileSync(wasm);
const [image, snapshot, journal, oldSnapshot, oldJournal] = ['1.img', '2.snapshot', '2.journal', '1.snapshot', '1.journal']
	.map((name) => readFileSync(join(golden, `version-${name}`)));
const module = new WebAssembly.Module(bytes);
assert.deepEqual(WebAssembly.Module.imports(module), []);
assert.ok(bytes.length < 150_000, `engine.wasm has ${bytes.length} bytes`);

function open() {
	const engine = new WebAssembly.Instance(module, {}).exports;
	const put = (data, at) => {
		assert.notEqual(at >>> 0, 0);
		new Uint8Array(engine.memory.buffer).set(data, at >>> 0);
		return at;
	};
	assert.equal(engine.fad_open(put(image, engine.fad_alloc(image.length)), image.length), 0);
	return {
		...engine,
		give: (call, data) => call(put(data, engine.fad_scratch(data.length)), data.length),
		state() {
			assert.equal(engine.fad_snapshot(), 1);
			return Buffer.from(engine.memory.buffer, engine.fad_text_at() >>> 0, engine.fad_text_length() >>> 0);
		},
	};
}

const replayed = open();
assert.equal(replayed.give(replayed.fad_replay, journal), 0);
assert.ok(replayed.state().equals(snapshot), 'a replayed journal gives the native snapshot');

const restored = open();
assert.equal(restored.give(restored.fad_restore, snapshot), 0);
assert.ok(restored.state().equals(snapshot), 'a restored snapshot gives itself');

/* The old engine rolled up otherwise: the two need not come to the same. */
const [older, oldest] = [open(), open()];
assert.equal(older.give(older.fad_restore, oldSnapshot), 0, 'a snapshot of version 1 opens');
assert.equal(oldest.give(oldest.fad_replay, oldJournal), 0, 'a journal of version 1 is replayed');

const damaged = Buffer.from(snapshot);
damaged[60] ^= 1;
assert.equal(restored.give(restored.fad_restore, damaged), 3);
assert.ok(restored.state().equals(snapshot), 'a damaged snapshot changes nothing');
