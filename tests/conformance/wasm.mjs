// wasm.mjs ENGINE.WASM TRANSCRIPT
//
// Asks engine.wasm every call of a transcript (conformance --transcript) and compares each answer, and at the end of
// each case the snapshot byte for byte, with what the native engine gave. Since the native answers were judged
// against the traces, an equal answer is a right one. Prints "N passed, M failed" per group and in total.
import {readFileSync} from 'node:fs';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const module = new WebAssembly.Module(readFileSync(process.argv[2]));

class Engine {
	constructor() {
		this.wasm = new WebAssembly.Instance(module, {}).exports;
	}

	put(...texts) {
		const parts = texts.map((text) => (typeof text === 'string' ? encoder.encode(text) : text));
		const total = parts.reduce((sum, part) => sum + part.length, 0);
		const at = this.wasm.fad_scratch(total) >>> 0;
		let offset = at;
		for (const part of parts) {
			new Uint8Array(this.wasm.memory.buffer).set(part, offset);
			offset += part.length;
		}
		return [at, ...parts.map((part) => part.length)];
	}

	bytes() {
		const at = this.wasm.fad_text_at() >>> 0;
		return new Uint8Array(this.wasm.memory.buffer).slice(at, at + (this.wasm.fad_text_length() >>> 0));
	}

	outcome() {
		return [
			!!this.wasm.fad_outcome_accepted(),
			this.wasm.fad_outcome_delivered() >>> 0,
			!!this.wasm.fad_outcome_session_ended(),
			this.wasm.fad_outcome_exception() >>> 0,
		];
	}

	open(image) {
		const bytes = Buffer.from(image, 'base64');
		const at = this.wasm.fad_alloc(bytes.length) >>> 0;
		new Uint8Array(this.wasm.memory.buffer).set(bytes, at);
		return this.wasm.fad_open(at, bytes.length) === 0 ? [] : ['refused'];
	}

	begin(now, id, name, seed) {
		const [at, idLength, nameLength] = this.put(id, name);
		return [this.wasm.fad_begin_session(now, at, idLength, nameLength, 0, 0, 1, 0, seed >>> 0,
			Math.floor(seed / 2 ** 32))];
	}

	adopt(now, globals) {
		const [at, length] = this.put(Buffer.from(globals, 'base64'));
		this.wasm.fad_adopt_globals(now, at, length);
		return [];
	}

	navigate(now, request, target) {
		const result = this.wasm.fad_navigate(now, request, target);
		return [result, this.outcome()];
	}

	pending() {
		return [this.wasm.fad_pending_navigation()];
	}

	navigatePending(now) {
		const result = this.wasm.fad_navigate_pending(now);
		return [result, this.outcome()];
	}

	api(now, what, first, second) {
		const [at, firstLength, secondLength] = this.put(first, second);
		const word = this.wasm.fad_api(now, what, at, firstLength, at + firstLength, secondLength);
		const answer = decoder.decode(this.bytes());
		return [word === (['true', 'false', ''].indexOf(answer) + 1) ? answer : `${answer} told as ${word}`];
	}

	may(now, request, target) {
		return [!!this.wasm.fad_may_navigate(now, request, target)];
	}

	contents(now) {
		const rows = [];
		const count = this.wasm.fad_contents(now);
		for (let row = 0; row < count; row++) {
			rows.push([this.wasm.fad_row_activity(row) >>> 0, this.wasm.fad_row_flags(row),
				this.wasm.fad_row_completion(row), this.wasm.fad_row_success(row)]);
		}
		return [rows];
	}

	snapshot() {
		return this.wasm.fad_snapshot() ? [Buffer.from(this.bytes()).toString('base64')] : ['none'];
	}

	takeJournal() {
		this.wasm.fad_summarise();
		this.wasm.fad_journal_taken(this.wasm.fad_summary_last_sequence());
	}
}

// How many of a line's members, after attempt and name, are arguments; the rest are answers.
const argumentCounts = {open: 1, begin: 4, adopt: 2, navigate: 3, pending: 0, navigatePending: 1, api: 4, may: 3,
	contents: 1, snapshot: 0};
const journalTakers = new Set(['navigate', 'navigatePending']);

const groups = new Map();
let current = null;

function finish(judged) {
	const group = groups.get(current.group) ?? {passed: 0, failed: 0};
	groups.set(current.group, group);
	group[judged && current.differences === 0 ? 'passed' : 'failed']++;
}

function ask(line, number) {
	const [attempt, what, ...rest] = line;
	const wanted = rest.slice(argumentCounts[what]);
	if (what === 'open') {
		current.engines[attempt] = new Engine();
	}
	const engine = current.engines[attempt];
	const got = engine[what](...rest.slice(0, argumentCounts[what]));
	if (journalTakers.has(what) || (what === 'api' && rest[1] === 1)) {
		engine.takeJournal();
	}
	if (JSON.stringify(got) !== JSON.stringify(wanted)) {
		current.differences++;
		const short = (value) => JSON.stringify(value).slice(0, 160);
		console.log(`${current.name} call ${number}: ${what} ${short(rest.slice(1, 4))}: ` +
			`native ${short(wanted)}, wasm ${short(got)}`);
	}
}

let number = 0;
for (const text of readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
	const line = JSON.parse(text);
	number++;
	if (line[0] === 'case') {
		current = {group: line[1], name: line[2], engines: [], differences: 0};
		number = 0;
	} else if (line[0] === 'judged') {
		finish(line[1]);
	} else {
		ask(line, number);
	}
}
let passed = 0;
let failed = 0;
for (const name of [...groups.keys()].sort()) {
	const group = groups.get(name);
	passed += group.passed;
	failed += group.failed;
	console.log(`${name}: ${group.passed} passed, ${group.failed} failed`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
