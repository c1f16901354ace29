// engine.mjs BUILD FOLDER: the engine in WebAssembly against scorm-again, in one process and one run.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Scorm2004API} from 'scorm-again/scorm2004';
import {Engine} from '../../player/web/engine.js';
import {line, median, microseconds} from './figures.mjs';
import {scoPage, treeManifest} from './packages.mjs';
import {zip} from '../server/harness.mjs';

const build = process.argv[2];
const wasm = readFileSync(join(build, 'player/engine/engine.wasm'));
const folder = mkdtempSync(join(tmpdir(), 'fad-bench-'));
const learner = {id: '1', name: 'Rossi, Maria', language: 'it', mode: /** @type {const} */ ('normal'), credit: true,
	masteryOverride: false, seed: '1'};

/** The course image that the importer makes of a tree. */
function image(blocks, leaves) {
	const path = join(folder, 'tree.zip');
	writeFileSync(path, zip({'imsmanifest.xml': treeManifest(blocks, leaves), 'sco.html': scoPage}));
	const data = mkdtempSync(join(folder, 'data-'));
	execFileSync(join(build, 'server/fad'), ['import', '--data', data, path], {stdio: ['ignore', 'ignore', 'inherit']});
	const [course] = readdirSync(join(data, 'content')).filter((name) => /^[0-9a-f]{64}$/.test(name));
	return readFileSync(join(data, 'content', course, 'course-0.img'));
}

function engine(bytes) {
	const opened = new Engine(new WebAssembly.Instance(new WebAssembly.Module(wasm), {}), bytes);
	opened.beginSession(Date.now(), learner);
	return opened;
}

/** The same tree for the peer. */
function peer(blocks, leaves) {
	const controls = {choice: true, flow: true};
	const children = Array.from({length: blocks}, (_, block) => ({id: `block-${block}`, title: `Block ${block}`,
		sequencingControls: controls,
		children: Array.from({length: leaves}, (_, leaf) => ({id: `sco-${block}-${leaf}`, title: `SCO ${leaf}`}))}));
	return new Scorm2004API({logLevel: 5, onLogMessage: () => {}, autocommit: false,
		sequencing: {activityTree: {id: 'org', title: 'Tree', sequencingControls: controls, children}}});
}

/** What a SCO of an authoring tool says, screen after screen. [function, element, value?] */
function callMix(rounds) {
	const calls = [];
	for (let n = 0; n < rounds; n++) {
		const at = `cmi.interactions.${n}`;
		calls.push(['set', 'cmi.location', `page-${n}`], ['get', 'cmi.location'], ['get', 'cmi.completion_status'],
			['set', 'cmi.suspend_data', 'state;'.repeat(40 + n)], ['get', 'cmi.suspend_data'],
			['set', `${at}.id`, `question-${n}`], ['set', `${at}.type`, 'choice'],
			['set', `${at}.correct_responses.0.pattern`, 'a[,]b'], ['set', `${at}.learner_response`, 'a'],
			['set', `${at}.result`, 'correct'], ['get', `${at}.type`], ['get', 'cmi.interactions._count'],
			['set', 'cmi.progress_measure', (n / rounds).toFixed(3)], ['set', 'cmi.score.scaled', '0.5'],
			['get', 'cmi.score.scaled'], ['get', 'cmi.learner_name']);
	}
	return calls;
}

/** Mean over runs of 16 calls, so that reading the clock does not count; the median of those. */
function measureCalls(name, api) {
	const calls = {get: [], set: []};
	const times = {get: [], set: []};
	for (const call of callMix(400)) {
		const [kind] = call;
		calls[kind].push(call);
		if (calls[kind].length < 16) {
			continue;
		}
		const answers = new Array(16);
		times[kind].push(microseconds(() => {
			calls[kind].forEach(([, element, value], i) => {
				answers[i] = kind === 'get' ? api.get(element) : api.set(element, value);
			});
		}) / 16);
		if (kind === 'set' && answers.some((answer) => answer !== 'true')) {
			throw new Error(`${name}: a SetValue was refused`);
		}
		calls[kind] = [];
	}
	return {get: median(times.get), set: median(times.set)};
}

function measureNavigation(navigate, activities) {
	const times = [];
	for (let n = 0; n < activities - 1; n++) {
		times.push(microseconds(() => {
			if (!navigate()) {
				throw new Error(`navigation ${n} was refused`);
			}
		}));
	}
	return median(times);
}

function calls() {
	const ours = engine(image(2, 2));
	ours.navigate(Date.now(), 'start');
	ours.api(Date.now(), 'initialize', '', '');
	const theirs = peer(2, 2);
	theirs.processNavigationRequest('start');
	theirs.Initialize('');
	const us = measureCalls('fad', {get: (element) => ours.api(Date.now(), 'getValue', element, ''),
		set: (element, value) => ours.api(Date.now(), 'setValue', element, value)});
	const them = measureCalls('scorm-again', {get: (element) => theirs.GetValue(element),
		set: (element, value) => theirs.SetValue(element, value)});
	for (const kind of ['get', 'set']) {
		line(`${kind === 'get' ? 'GetValue' : 'SetValue'}, µs (fad / scorm-again)`,
			`${us[kind].toFixed(2)} / ${them[kind].toFixed(2)}   ${(them[kind] / us[kind]).toFixed(1)}×`);
	}
}

function navigation(blocks, leaves) {
	const ours = engine(image(blocks, leaves));
	ours.navigate(Date.now(), 'start');
	const theirs = peer(blocks, leaves);
	theirs.processNavigationRequest('start');
	const requests = Math.min(blocks * leaves, 40);
	const us = measureNavigation(() => ours.navigate(Date.now(), 'continue').accepted, requests);
	const them = measureNavigation(() => theirs.processNavigationRequest('continue'), requests);
	line(`Continue, ${1 + blocks + blocks * leaves} activities, µs (fad / scorm-again)`,
		`${us.toFixed(1)} / ${them.toFixed(1)}   ${(them / us).toFixed(1)}×`);
	line('  and the table of contents after it, µs (fad)', median(Array.from({length: 20},
		() => microseconds(() => ours.contents(Date.now())))).toFixed(1));
}

line('engine.wasm, bytes', String(wasm.length));
line('  to compile and instantiate, ms', (median(Array.from({length: 20}, () => microseconds(() =>
	new WebAssembly.Instance(new WebAssembly.Module(wasm), {})))) / 1000).toFixed(2));
calls();
navigation(5, 7);
navigation(30, 32);
rmSync(folder, {recursive: true});
