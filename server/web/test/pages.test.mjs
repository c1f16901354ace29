// What pages decide by themselves.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes, duration, number } from '../src/format.js';
import { knows } from '../src/i18n.js';
import { detailText } from '../src/pages/administrator/audit.js';
import { toUser } from '../src/pages/administrator/new-user.js';
import { pressing } from '../src/pages/administrator/retention.js';
import { byOrder, targetView } from '../src/pages/coordinator/progress.js';
import { isRight, optionsOf } from '../src/pages/designer/bank.js';
import { stateOf as settingsState, statusRules } from '../src/pages/designer/course-settings.js';
import { choices } from '../src/pages/designer/choose-dialog.js';
import { sentence } from '../src/pages/designer/course-history.js';
import { standing } from '../src/pages/designer/matrix.js';
import { sum } from '../src/pages/designer/publish-dialog.js';
import { toForm as toPolicyForm, toPolicy } from '../src/pages/designer/policy.js';
import { hintsOf } from '../src/pages/operator/classes-hint.js';
import { actionOf, stateOf, newsOf } from '../src/pages/operator/module-row.js';
import { nextStep } from '../src/pages/operator/next-step.js';
import { choose, chosenFor, moved, pair, parts, written } from '../src/ui/question-answer.js';
import { saveMessage } from '../src/ui/save-state.js';
import { moveText } from '../src/pages/provider/decide.js';
import { outside } from '../src/pages/provider/person.js';
import { credits, emptyEvent, formFaults, toEvent, toForm } from '../src/pages/provider/event-fields.js';
import { mendingPage } from '../src/pages/provider/export-check.js';
import { stateOf as personState } from '../src/pages/provider/people.js';
import { rowsOf } from '../src/tables.js';
import { chosenOf, findGroups, groupsOf, withDisciplines } from '../src/ui/accredited.js';
import { bySeverity } from '../src/ui/findings.js';
import { formErrors } from '../src/ui/form-errors.js';
import { errorOf } from '../src/api.js';

const module = (change) => ({ index: 1, status: 'not_started', locked: false, success: 'unknown', ...change });
const path = (change) => ({
	level: { id: 'base' }, placement: { state: 'done', may_start: false }, modules: [module({}), module({ index: 2 })],
	next: 2, completion: { complete: false, missing: [] }, ...change,
});

test('the next step follows from the path', () => {
	assert.equal(nextStep(path({ level: null, placement: { state: 'none', may_start: true } })).kind, 'start');
	assert.equal(nextStep(path({ level: null, placement: { state: 'none', may_start: false } })).kind, 'wait');
	assert.equal(nextStep(path({ level: null, placement: { state: 'open', may_start: true } })).kind, 'resume');
	assert.equal(nextStep(path({})).module.index, 2);
	assert.equal(nextStep(path({ next: null })).kind, 'nothing');
	const studied = [{ index: 1, status: 'completed', seconds: 900 }, { index: 2, status: 'completed', seconds: 300 }];
	const short = nextStep(path({ next: null, modules: studied, seconds_total: 1200, seconds_needed: 3600 }));
	assert.deepEqual([short.kind, short.module?.index], ['time', 2]);
	assert.equal(nextStep(path({ completion: { complete: true } })).kind, 'done');
});

test('a module says its state and what can be done', () => {
	assert.equal(stateOf(module({ status: 'completed', success: 'failed' }))[0], 'status.completed');
	assert.equal(stateOf(module({ status: 'in_progress', success: 'failed' }))[0], 'status.failed');
	assert.equal(stateOf(module({ locked: true }))[0], 'status.locked');
	assert.equal(actionOf(module({})), 'home.begin');
	assert.equal(actionOf(module({ status: 'completed', locked: true })), 'home.review');
	assert.equal(actionOf(module({ locked: true })), null);
	assert.equal(actionOf(module({ status: 'unassigned' })), null);
});

test('the settings of a course say when they are not saved', () => {
	const saved = { mastery_override: false, status_rule: 'all' };
	assert.equal(settingsState({ ...saved }, saved, false), null);
	assert.equal(settingsState({ ...saved }, saved, true), 'course.settings_saved');
	assert.equal(settingsState({ ...saved, status_rule: 'any' }, saved, true), 'course.settings_unsaved');
	assert.equal(settingsState({ ...saved, mastery_override: true }, saved, false), 'course.settings_unsaved');
});

test('every status rule has its name and its explanation', () => {
	assert.deepEqual(statusRules.filter((rule) => !knows(`course.rule.${rule}`) || !knows(`course.rule_about.${rule}`)), []);
});

test('a single choice replaces, a multiple one adds and takes away, in the order shown', () => {
	const options = [{ id: '1' }, { id: '2' }, { id: '3' }];
	assert.deepEqual(choose({ type: 'single', options }, ['1'], '2'), ['2']);
	assert.deepEqual(choose({ type: 'multiple', options }, ['3'], '1'), ['1', '3']);
	assert.deepEqual(choose({ type: 'multiple', options }, ['1', '3'], '1'), ['3']);
});

test('answers of the other types change one act at a time', () => {
	const item = { type: 'match', options: [{ id: '1' }, { id: '2' }], slots: [{ id: '1' }, { id: '2' }] };
	assert.deepEqual(pair(item, [], '2', '1'), ['2 1']);
	assert.deepEqual(pair(item, ['2 1'], '1', '2'), ['1 2', '2 1']);
	assert.deepEqual(pair(item, ['1 2', '2 1'], '2', ''), ['1 2']);
	assert.equal(chosenFor(['1 2', '12 3'], '12'), '3');
	assert.deepEqual(moved(['a', 'b', 'c'], 2, -1), ['a', 'c', 'b']);
	assert.deepEqual(moved(['a', 'b'], 1, 1), ['a', 'b']);
	assert.deepEqual(parts('Il [[1]] e [[2]].'), ['Il ', { place: '1' }, ' e ', { place: '2' }, '.']);
	assert.deepEqual(written(2, [], 1, 'x'), ['', 'x']);
	assert.deepEqual(written(2, ['', 'x'], 1, ' '), []);
});

test('the save state is honest', () => {
	const state = { pending: 0, sending: false, offline: false, savedAt: null, stale: null, error: null };
	assert.equal(saveMessage(state)[0], 'quest.not_saved_yet');
	assert.equal(saveMessage({ ...state, pending: 1, sending: true })[0], 'quest.saving');
	assert.equal(saveMessage({ ...state, pending: 1, offline: true, savedAt: new Date() })[0], 'quest.offline');
	assert.equal(saveMessage({ ...state, savedAt: new Date() })[0], 'quest.saved_at');
});

test('lengths of time, numbers and sizes', () => {
	assert.equal(duration(0), '0 minuti');
	assert.equal(duration(59), 'meno di un minuto');
	assert.equal(duration(60), '1 minuto');
	assert.equal(duration(3600), '1 ora');
	assert.equal(duration(7500), '2 ore e 5 minuti');
	assert.equal(number(1234), '1.234');
	assert.equal(bytes(999), '999 byte');
	assert.equal(bytes(1500), '1,5 kB');
	assert.equal(bytes(104857600), '105 MB');
});

test('an event goes to the server as the report has it', () => {
	const form = { ...toForm(emptyEvent), title: 'FSE', cod_evento: '1', data_ini: '2026-01-01', data_fine: '2026-12-31', num_part: '60', crediti: '4,0', accredited: ['14', '1.58'] };
	assert.deepEqual(formFaults(form), {});
	const event = toEvent(form);
	assert.equal(event.crediti, '4.0');
	assert.deepEqual(event.levels, []);
	assert.equal(event.num_part, 60);
	assert.equal(event.seconds_needed, 4 * 3600);
	assert.deepEqual(event.accredited, ['14', '1.58']);
	assert.equal(toEvent({ ...form, minutes_needed: 200 }).seconds_needed, 12000);
	assert.deepEqual(toEvent({ ...toForm({ ...event, id: 7 }) }).accredited, ['14', '1.58']);
	assert.ok(!('id' in toEvent(toForm({ ...event, id: 7 }))));
});

test('an event without a list accredits everybody; an empty choice is a fault, not everybody', () => {
	assert.equal(toForm(emptyEvent).accredited, null);
	assert.deepEqual(toEvent(toForm(emptyEvent)).accredited, []);
	assert.equal(formFaults({ ...toForm(emptyEvent), accredited: [] }).accredited, 'event.accredited_missing');
});

const professions = [{ code: 1, name: 'Medico chirurgo' }, { code: 14, name: 'Infermiere' }];
const disciplines = [{ profession: 1, code: 3, name: 'Cardiologia' }, { profession: 1, code: 58, name: 'Medicina generale (Medici di famiglia)' }, { profession: 1, code: 110, name: 'Medicine alternative', withdrawn: true }, { profession: 14, code: 85, name: 'Infermiere' }];

test('accredited professions: one discipline, several, all of them; the whole profession is one code', () => {
	const [doctor, nurse] = groupsOf(professions, disciplines, []);
	assert.deepEqual(withDisciplines([], doctor, [58]), ['1.58']);
	assert.deepEqual(withDisciplines(['14', '1.58'], doctor, [3, 58]), ['1', '14']);
	assert.deepEqual(withDisciplines(['1', '14'], doctor, [3]), ['1.3', '14']);
	assert.deepEqual(withDisciplines(['1', '14'], nurse, []), ['1']);
	assert.deepEqual([chosenOf(['1'], doctor), chosenOf(['1.3'], doctor), chosenOf(['14.85'], nurse), chosenOf([], doctor)], [[3, 58], [3], [85], []]);
	assert.equal(groupsOf(professions, disciplines, ['1.110'])[0].disciplines.length, 3, 'a withdrawn one stays where it was chosen');
});

test('they are found by name, without accents or case, and by code', () => {
	const groups = groupsOf([...professions, { code: 29, name: 'Terapista della neuro e psicomotricità' }], [...disciplines, { profession: 29, code: 100, name: 'Terapista della neuro e psicomotricità' }], []);
	const found = (text) => findGroups(groups, text).map((group) => [group.code, ...group.disciplines.map((one) => one.code)]);
	assert.deepEqual(found('cardio'), [[1, 3]]);
	assert.deepEqual(found('MEDICO'), [[1, 3, 58]]);
	assert.deepEqual(found('psicomotricita'), [[29, 100]]);
	assert.deepEqual(found('1.58'), [[1, 58]]);
	assert.deepEqual(found('85'), [[14, 85]]);
	assert.deepEqual(found('medici famiglia'), [[1, 58]]);
	assert.deepEqual(found('zz'), []);
	assert.equal(found('').length, 3);
});

test('faults of an event are told before asking', () => {
	const faults = formFaults({ ...toForm(emptyEvent), crediti: '4.25', cod_accr: '9', data_ini: '2026-02-02', data_fine: '2026-01-01' });
	assert.equal(faults.title, 'field.required');
	assert.equal(faults.crediti, 'event.bad_credits');
	assert.equal(faults.cod_accr, 'event.bad_accr');
	assert.equal(faults.data_fine, 'event.bad_dates');
	assert.equal(formFaults({ ...toForm(emptyEvent), crediti: '0.0' }).crediti, 'event.bad_credits');
	assert.equal(credits('12'), '12.0');
});

test('a fault of the export leads to the person', () => {
	assert.equal(mendingPage({ person_id: 4 }), '/persone/4');
	assert.equal(mendingPage({ where: 'Rossi Mario (RSSMRA80A01H501U), cod_fisc' }), '/persone?search=RSSMRA80A01H501U');
	assert.equal(mendingPage({ where: 'cod_org' }), null);
});

test('how far a person is', () => {
	assert.equal(personState({ complete: true, level: 'base', seconds: 9, modules_completed: 8 }), 'completed');
	assert.equal(personState({ complete: false, level: 'base', seconds: 9, modules_completed: 0 }), 'started');
	assert.equal(personState({ complete: false, level: 'base', seconds: 0, modules_completed: 0 }), 'placed');
	assert.equal(personState({ complete: false, level: null, seconds: 0, modules_completed: 0 }), 'none');
});

test('targets are shares or numbers, and nothing of nothing is not reached', () => {
	assert.equal(targetView({ target: 100, reached: 100 }).done, true);
	assert.equal(targetView({ target: 0, reached: 0 }).done, false);
	assert.equal(targetView({ target: 0.85, reached: 0.61 }).text[1], '85%');
	assert.deepEqual(byOrder([{ level: 'b' }, { level: null }, { level: 'a' }], [{ id: 'a' }, { id: 'b' }]).map((row) => row.level), [null, 'a', 'b']);
});

test('cuts are percentages on the page and shares on the server', () => {
	const policy = { items_per_area: 3, retakes: 1, retake_after_days: 30, levels: [{ id: 'a', name_it: 'A', name_en: 'A', cut: 0 }, { id: 'b', name_it: 'B', name_en: 'B', cut: 0.55 }] };
	assert.equal(toPolicyForm(policy).levels[1].cut, 55);
	assert.deepEqual(toPolicy(toPolicyForm(policy)), policy);
});

test('findings are grouped, worst first, and what names no severity is an error', () => {
	const groups = bySeverity([{ code: 'H', severity: 'hint' }, { code: 'E' }, { code: 'W', severity: 'warning' }]);
	assert.deepEqual(groups.map((group) => group.problems[0].code), ['E', 'W', 'H']);
});

test('a fault stands beside its field, the others above the form', () => {
	const error = errorOf(422, { problems: [{ code: 'A', it: 'Uno.', en: '', where: 'login' }, { code: 'B', it: 'Due.', en: '' }] });
	const both = formErrors(error, ['login']);
	assert.equal(both.of('login'), 'Uno.');
	assert.equal(both.rest, error);
	assert.equal(formErrors(errorOf(422, { problems: [{ code: 'A', it: 'Uno.', en: '', where: 'login' }] }), ['login']).rest, null);
	assert.equal(formErrors(null, ['login']).of('login'), null);
});

test('a true-or-false item without options has two', () => {
	const item = { type: 'true_false', key: ['false'] };
	assert.deepEqual(optionsOf(item).map((option) => isRight(item, option)), [false, true]);
});

test('a course of several versions offers the newest first, and nothing that is retired', () => {
	const version = (id, number, more = {}) => ({ id, number, title: `v${id}`, imported_at: '2026-01-01T00:00:00Z', ...more });
	const courses = [
		{ id: 1, title: 'A', versions: [version(1, 1), version(2, 2), version(4, 3, { retired_at: '2026-02-01T00:00:00Z' })] },
		{ id: 2, title: 'B', versions: [version(3, 1)] },
		{ id: 3, title: 'C', retired_at: '2026-02-01T00:00:00Z', versions: [version(5, 1)] },
	];
	assert.deepEqual(choices(courses).map(({ id }) => id), [2, 1, 3]);
	assert.equal(standing({ course: 1, version: 1 }, courses).newer.id, 2);
	assert.equal(standing({ course: 1, version: 2 }, courses).newer, null);
	assert.equal(standing({ course: 9, version: 9 }, courses).course, undefined);
});

test('the people of several places are told together', () => {
	const people = { fresh: 1, opened: 2, in_progress: 3, completed: 4, already: 5, working: 6, asked: 7 };
	assert.deepEqual(sum([{ people }, { people }]), { fresh: 2, opened: 4, in_progress: 6, completed: 8, already: 10, working: 12, asked: 14 });
});

test('a publication is told in a sentence', () => {
	const detail = { module: 3, level: 'base', number: 2, policy: 'incomplete', people: 1 };
	assert.equal(sentence({ act: 'course.publish', detail }, [{ id: 'base', name_it: 'Base' }]),
		'Versione 2 pubblicata nel modulo 3, livello Base; passa alla nuova versione: chi non l’ha completato (1 persona toccata)');
	assert.equal(sentence({ act: 'course.import', detail: `a.zip ${'0'.repeat(64)}` }, []), 'Caricato un pacchetto: a.zip');
	assert.equal(sentence({ act: 'course.retire', detail: {} }, []), 'Ritiro: tutto il corso');
	assert.equal(sentence({ act: 'new.act', detail: 'x' }, []), 'new.act x');
});

test('the home tells of a new version until the module is done', () => {
	const update = { state: 'waiting', at: '2026-01-01T00:00:00Z' };
	assert.match(newsOf({ status: 'in_progress', update }), /alla prossima apertura/);
	assert.match(newsOf({ status: 'completed', update }), /Resta completato/);
	assert.match(newsOf({ status: 'in_progress', update: { ...update, state: 'returning' } }), /da dove l’avevi lasciata/);
	assert.match(newsOf({ status: 'in_progress', update: { ...update, state: 'done' } }), /aggiornato il 1 gennaio 2026/);
	assert.equal(newsOf({ status: 'completed', update: { ...update, state: 'done' } }), null);
	assert.equal(newsOf({ status: 'in_progress', update: null }), null);
});

test('a new user carries what was filled in', () => {
	const form = { family_name: ' Rossi ', given_name: 'Mario', codice_fiscale: 'rssmra80a01h501u', email: '', login: 'm', professions: [{ code: 14, disciplines: [85] }, { code: 1, disciplines: [58, 59] }], company: '', contract: '', target_group: '' };
	assert.deepEqual(toUser(form, ['operator']), { family_name: 'Rossi', given_name: 'Mario', codice_fiscale: 'RSSMRA80A01H501U', login: 'm', professions: '14.85:1.58.59', roles: ['operator'] });
});

test('details of an act are readable', () => {
	assert.equal(detailText('{"order":"free","x":null}'), 'order: free · x: —');
	assert.equal(detailText('{"cut'), '{"cut');
	assert.equal(detailText(null), '');
});

test('a table is found in the answer whatever it is called', () => {
	assert.deepEqual(rowsOf({ companies: [{ code: 'A' }] }), [{ code: 'A' }]);
	assert.deepEqual(rowsOf([1]), [1]);
	assert.deepEqual(rowsOf({}), []);
});

test('the home names today’s sessions first, then invitations without an answer; nothing of what is over', () => {
	const one = (state, days, closed = false) => ({ state, event: { title: 'Aula' }, group: { closed }, presence: { sessions: days.map((day) => ({ day, begins: '09:00', ends: '13:00' })) } });
	const keys = (...classes) => hintsOf(classes, '2026-02-03').map(({ key }) => key);
	assert.deepEqual(keys(one('invited', ['2026-02-03']), one('enrolled', ['2026-02-02', '2026-02-03'])), ['classes.hint_today', 'classes.hint_invited']);
	assert.deepEqual(keys(one('enrolled', ['2026-02-04']), one('declined', ['2026-02-03']), one('enrolled', ['2026-02-03'], true)), []);
});

test('what is past its retention period is told where the administrator comes by', () => {
	const rules = [{ id: 'evidence', applies: false, due: 3 }, { id: 'people', applies: true, due: 0 }, { id: 'log_ins', applies: true, due: 12 }];
	assert.deepEqual(pressing(rules).map((rule) => rule.id), ['log_ins']);
	assert.deepEqual(pressing([]), []);
});

test('work outside the path of the present level is still shown', () => {
	const person = { modules: [{ index: 1 }, { index: 3 }], attempts: [{ module: 5 }, { module: 1 }, { module: 2 }, { module: 5 }] };
	assert.deepEqual(outside(person), [2, 5]);
	assert.deepEqual(outside({ modules: [], attempts: [] }), []);
});

test('another level tells what becomes of the ECM event', () => {
	const [low, high] = [{ id: 1 }, { id: 2 }];
	const told = (/** @type {any} */ move) => moveText({ from: low, to: high, because: 'level', kept: false, ...move });
	assert.equal(told({}), 'person.move_other');
	assert.equal(told({ from: null }), 'person.move_new');
	assert.equal(told({ to: null, because: null }), 'person.move_none');
	assert.equal(told({ to: low }), 'person.move_same');
	assert.equal(told({ to: low, because: 'completed', kept: true }), 'person.move_completed');
	assert.equal(told({ to: low, because: 'completed' }), 'person.move_same');
	assert.equal(told({ to: low, because: 'final', kept: true }), 'person.move_final');
});
