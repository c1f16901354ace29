// engine.mjs BUILD FOLDER: the engine in WebAssembly against scorm-again, in one process and one run.
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
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

/** Pages wherever a manifest's resources may point to. @param {string} manifest */
function launchFiles(manifest) {
	const values = (name) => [...manifest.matchAll(new RegExp(`${name}\\s*=\\s*"([^"?]+)`, 'g'))].map(([, value]) => value);
	return Object.fromEntries(['', ...values('xml:base')].flatMap((base) =>
		values('href').map((href) => [base + href, scoPage])));
}

/** The course image that the importer makes of a manifest. */
function imageOf(manifest) {
	const path = join(folder, 'tree.zip');
	writeFileSync(path, zip({'imsmanifest.xml': manifest, ...launchFiles(manifest)}));
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

/** Both played from a fresh start, so often: the first time the code is cold, later it is compiled. @param {() => T} play @template T */
const played = (play) => Array.from({length: 4}, play);

/** The official test of the data model, where the reference material is at hand: every call by itself, less
 * what reading the clock takes. */
function officialMix() {
	const folder = join(process.env.FAD_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url)),
		'conformance/scorm-2004-4th/DMI');
	if (!existsSync(folder)) {
		return;
	}
	const {steps} = JSON.parse(readFileSync(join(folder, 'trace.json'), 'utf8'));
	const calls = steps.filter(({op, fn, n}) => op === 'call' && (fn === 'GetValue' || fn === 'SetValue') && !n);
	const image = imageOf(readFileSync(join(folder, 'imsmanifest.xml'), 'utf8'));
	const rounds = played(() => {
		const ours = engine(image);
		ours.navigate(Date.now(), 'start');
		ours.api(Date.now(), 'initialize', '', '');
		const theirs = new Scorm2004API({logLevel: 5, autocommit: false});
		theirs.Initialize('');
		const times = {GetValue: [[], []], SetValue: [[], []]};
		/* One after the other, as a page has only one of them: neither waits for what the other left in the caches. */
		for (const {fn, args: [element, value = '']} of calls) {
			const name = fn === 'GetValue' ? 'getValue' : 'setValue';
			times[fn][0].push(microseconds(() => ours.api(Date.now(), name, element, value)));
		}
		for (const {fn, args: [element, value = '']} of calls) {
			times[fn][1].push(microseconds(() => theirs[fn](element, value)));
		}
		return times;
	});
	const clock = median(Array.from({length: 1000}, () => microseconds(() => {})));
	for (const fn of ['GetValue', 'SetValue']) {
		const pair = (times) => times[fn].map((list) => median(list) - clock);
		compare(`${fn} of the DMI test, µs (fad / scorm-again)`, ...pair(rounds.at(-1)));
		compare('  the first time through', ...pair(rounds[0]));
	}
}

function compare(what, us, them) {
	line(what, `${us.toFixed(2)} / ${them.toFixed(2)}   ${(them / us).toFixed(1)}×`);
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
	const image = imageOf(treeManifest(2, 2));
	const rounds = played(() => {
		const ours = engine(image);
		ours.navigate(Date.now(), 'start');
		ours.api(Date.now(), 'initialize', '', '');
		const theirs = peer(2, 2);
		theirs.processNavigationRequest('start');
		theirs.Initialize('');
		return [measureCalls('fad', {get: (element) => ours.api(Date.now(), 'getValue', element, ''),
			set: (element, value) => ours.api(Date.now(), 'setValue', element, value)}),
		measureCalls('scorm-again', {get: (element) => theirs.GetValue(element),
			set: (element, value) => theirs.SetValue(element, value)})];
	});
	for (const kind of ['get', 'set']) {
		const [us, them] = rounds.at(-1);
		compare(`${kind === 'get' ? 'GetValue' : 'SetValue'} of an authoring tool, µs (fad / scorm-again)`, us[kind], them[kind]);
		compare('  the first time through', rounds[0][0][kind], rounds[0][1][kind]);
	}
}

function navigation(blocks, leaves) {
	const ours = engine(imageOf(treeManifest(blocks, leaves)));
	ours.navigate(Date.now(), 'start');
	const theirs = peer(blocks, leaves);
	theirs.processNavigationRequest('start');
	const requests = Math.min(blocks * leaves, 40);
	const us = measureNavigation(() => ours.navigate(Date.now(), 'continue').accepted, requests);
	const them = measureNavigation(() => theirs.processNavigationRequest('continue'), requests);
	compare(`Continue, ${1 + blocks + blocks * leaves} activities, µs (fad / scorm-again)`, us, them);
	line('  and the table of contents after it, µs (fad)', median(Array.from({length: 20},
		() => microseconds(() => ours.contents(Date.now())))).toFixed(1));
}

line('engine.wasm, bytes', String(wasm.length));
line('  to compile and instantiate, ms', (median(Array.from({length: 20}, () => microseconds(() =>
	new WebAssembly.Instance(new WebAssembly.Module(wasm), {})))) / 1000).toFixed(2));
officialMix();
calls();
navigation(5, 7);
navigation(30, 32);
const single = join(folder, 'single.img');
writeFileSync(single, imageOf(treeManifest(1, 1)));
execFileSync(join(build, 'tests/bench/bench-replay'), [single], {stdio: 'inherit'});
rmSync(folder, {recursive: true});
