// Credits computed by dated rules, over HTTP: each rule of ECM 3 by its name.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {day, eventFields} from './exams.mjs';
import {codes, Server} from './harness.mjs';

const server = new Server();
let provider;

before(async () => {
	await server.start();
	server.people({codice: codes[0], login: 'piero', ruoli: 'provider'});
	provider = await server.person('piero');
});
after(() => server.finish());

/** The credits of such an event. */
async function sum(fields) {
	const asked = new URLSearchParams({data_ini: '2026-01-12', ore: 4, tipo_form: 1, cod_tipologia_form: 10, num_part: 1000, ...fields});
	const {status, json} = await provider.get(`/api/ecm/credits?${asked}`);
	assert.equal(status, 200);
	return {...json, codes: json.warnings.map(one => one.code).filter(code => code !== 'EVENT_CREDITS_DIFFER' && code !== 'EVENT_PATH_HOURS')};
}

const rows = [
	['FAD asincrona: 1.0 an hour', {}, '4.0'],
	['FAD with tutoring by an expert: 1.5 an hour', {cod_tipologia_form: 11}, '6.0'],
	['FAD on a special theme: +0.3 an hour', {theme: true}, '5.2'],
	['FAD with tutoring, on a special theme', {cod_tipologia_form: 11, theme: true}, '7.2'],
	['the theme counts since 1/1/2019', {theme: true, data_ini: '2018-12-31'}, '4.0'],
	['at most 50 credits an event', {ore: 60}, '50.0'],
	['RES course up to 100 people: 1.0', {tipo_form: 3, cod_tipologia_form: 1, num_part: 100}, '4.0'],
	['RES course of 101 to 200 people: 0.7', {tipo_form: 3, cod_tipologia_form: 1, num_part: 101}, '2.8'],
	['RES up to 25 people: +0.3', {tipo_form: 3, cod_tipologia_form: 1, num_part: 25, ore: 8}, '10.4'],
	['RES interactive, small class', {tipo_form: 3, cod_tipologia_form: 5, num_part: 25, ore: 8}, '12.8'],
	['RES interactive up to 50 people: +0.3', {tipo_form: 3, cod_tipologia_form: 5, num_part: 50}, '5.2'],
	['RES 4 × 4 hours in classes of 25', {tipo_form: 3, cod_tipologia_form: 1, num_part: 25, ore: 16}, '20.8'],
	['RES course over 200 people is a congress', {tipo_form: 3, cod_tipologia_form: 1, num_part: 201}, '2.8', ['EVENT_PEOPLE_LIMIT']],
	['RES congress: 0.3 an hour', {tipo_form: 3, cod_tipologia_form: 2, num_part: 300, ore: 8}, '2.4'],
	['RES congress: at most 6', {tipo_form: 3, cod_tipologia_form: 2, num_part: 300, ore: 30}, '6.0'],
	['FSC individual training: 1.5 an hour', {tipo_form: 2, cod_tipologia_form: 6, num_part: 5, ore: 5}, '7.5'],
	['FSC individual training: one tutor for at most 5', {tipo_form: 2, cod_tipologia_form: 6, num_part: 6, ore: 5}, '7.5', ['EVENT_TUTOR_LIMIT']],
	['FSC improvement group: 1 an hour', {tipo_form: 2, cod_tipologia_form: 7, num_part: 25, ore: 8}, '8.0'],
	['FSC improvement group: at least 8 hours, at most 25 people', {tipo_form: 2, cod_tipologia_form: 7, num_part: 26, ore: 5}, '5.0', ['EVENT_PEOPLE_LIMIT', 'EVENT_HOURS_LEAST']],
	['FSC audit: hours by twos, credits as granted', {tipo_form: 2, cod_tipologia_form: 9, num_part: 5, ore: 3}, null, ['EVENT_HOURS_MULTIPLE', 'EVENT_CREDITS_NO_RULE']],
];
for (const [name, fields, credits, warnings = []] of rows) {
	test(`[ECM 3] ${name}`, async () => {
		const found = await sum(fields);
		assert.equal(found.credits, credits);
		assert.deepEqual(found.codes, warnings);
	});
}

test('[ECM 3] hours are whole, rounded down from the modules', async () => {
	assert.ok((await sum({ore: 4})).warnings.every(one => one.code !== 'EVENT_PATH_HOURS'));
	assert.ok((await sum({ore: 5})).warnings.some(one => one.code === 'EVENT_PATH_HOURS'));
});

test('[ECM 3] an event keeps its rules; other credits than computed are told until somebody says why', async () => {
	const made = await provider.post('/api/ecm/events', {...eventFields, data_ini: '2018-03-01', data_fine: '2018-12-31', crediti: '5.2', theme: true});
	assert.equal(made.status, 201, made.text);
	assert.deepEqual([made.json.computed.rule_set, made.json.computed.credits], ['2012', '4.0']);
	const differs = json => json.computed.warnings.some(one => one.code === 'EVENT_CREDITS_DIFFER');
	assert.ok(differs(made.json));
	const told = await provider.put(`/api/ecm/events/${made.json.id}`, {...eventFields, data_ini: '2018-03-01', data_fine: '2018-12-31', crediti: '5.2', credits_reason: 'Riconosciuti dall’ente'});
	assert.ok(!differs(told.json) && told.json.theme && told.json.computed.rule_set === '2012');
	const moved = await provider.put(`/api/ecm/events/${made.json.id}`, {...eventFields, crediti: '5.2'});
	assert.deepEqual([moved.json.computed.rule_set, moved.json.computed.credits], ['2019', '5.2']);
});

test('[ECM 3] distance learning lasts at most 365 days', async () => {
	const long = await provider.post('/api/ecm/events', {...eventFields, cod_evento: 'LUNGO', data_ini: day(0), data_fine: day(365)});
	assert.equal(long.code, 'EVENT_TOO_LONG');
	assert.equal((await provider.post('/api/ecm/events', {...eventFields, cod_evento: 'LUNGO', data_ini: day(0), data_fine: day(364)})).status, 201);
});
