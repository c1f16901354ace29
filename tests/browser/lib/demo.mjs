// The demonstration's people (server/demo), and what tests need beside them.
import {Person} from './person.mjs';

const PASSWORD = 'fse-dimostrativo';
/** One log-in a role. */
export const accounts = Object.fromEntries(Object.entries({operator: 'operatore', designer: 'progettista', provider: 'provider',
	coordinator: 'coordinatore', administrator: 'admin'}).map(([role, login]) => [role, {login, password: PASSWORD}]));

/** Somebody who has yet to do everything: a nurse with a valid codice fiscale. */
const NEWCOMER = {login: 'maria.esempio', family_name: 'Esempio', given_name: 'Maria', email: 'maria.esempio@example.org',
	codice_fiscale: 'SMPMRA80A41H501N', roles: ['operator'], profession: 14, company: 'AUSLTC', contract: 'D', target_group: 'operatori'};
const NEW_PASSWORD = 'una frase facile da ricordare';

/** @param {any} server @param {string} role */
export function logInAs(server, role) {
	return Person.logIn(server, accounts[role].login, accounts[role].password);
}

/**
 * Creates an operator, who has already chosen a password.
 * @param {any} server
 * @returns {Promise<{id: number, login: string, password: string, codice_fiscale: string}>}
 */
export async function newOperator(server) {
	const administrator = await logInAs(server, 'administrator');
	const {user} = await administrator.must('POST', '/api/users', NEWCOMER);
	const {one_time_password: once} = await administrator.must('POST', `/api/users/${user.id}/reset-password`, {});
	const person = await Person.logIn(server, NEWCOMER.login, once);
	await person.must('POST', '/api/session/password', {old: once, new: NEW_PASSWORD});
	return {id: user.id, login: NEWCOMER.login, password: NEW_PASSWORD, codice_fiscale: NEWCOMER.codice_fiscale};
}

/**
 * A new operator at the first level, whose modules hold the given packages, in any order.
 * @param {any} server
 * @param {Record<string, Buffer>} packages by the module's number
 */
export async function prepareLearner(server, packages) {
	const operator = await newOperator(server);
	const [provider, designer] = [await logInAs(server, 'provider'), await logInAs(server, 'designer')];
	const path = await designer.must('GET', '/api/path');
	const level = path.levels[0].id;
	await designer.must('PUT', '/api/path', {...path, order: 'free'});
	for (const [module, zip] of Object.entries(packages)) {
		const {version} = await designer.importPackage(`corso-${module}.zip`, zip);
		await designer.must('PUT', `/api/path/modules/${module}/levels/${level}`, {version: version.id ?? version});
	}
	await provider.must('POST', `/api/people/${operator.id}/placement/override`, {level, why: 'Prova del player'});
	return {operator, person: await Person.logIn(server, operator.login, operator.password)};
}

/** An event of one's own, where the demonstration has none. */
const EVENT = {title: 'Il Fascicolo Sanitario Elettronico 2.0', cod_evento: '123456', cod_edi: 1, cod_org: '999', cod_accr: '090',
	data_ini: '2026-01-12', data_fine: '2026-12-31', crediti: 4, ore: 4, tipo_form: 1, tipo_eve: 'P', cod_obi: 17, num_part: 60000,
	cod_tipologia_form: 10, level: null};

/** @param {any} server */
export async function ensureEvent(server) {
	const provider = await logInAs(server, 'provider');
	if ((await provider.must('GET', '/api/ecm/events')).events.length === 0) {
		await provider.must('POST', '/api/ecm/events', EVENT);
	}
}

/**
 * Asks of everybody only the given time of study, as a provider may.
 * @param {any} server @param {number} seconds
 */
export async function askLittleTime(server, seconds) {
	const provider = await logInAs(server, 'provider');
	await ensureEvent(server);
	for (const event of (await provider.must('GET', '/api/ecm/events')).events) {
		await provider.must('PUT', `/api/ecm/events/${event.id}`, {...event, seconds_needed: seconds});
	}
}
