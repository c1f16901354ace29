// What the tests of events in class share: an event, a class, people, days and times.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {eventFields} from './exams.mjs';

/** A day so many days from today, and a time on the clock, in Italy. */
const italian = new Intl.DateTimeFormat('sv-SE', {timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'short'});
export const localDay = days => italian.format(new Date(Date.now() + days * 86400000)).slice(0, 10);

/** A session that is on now, whatever the hour: it may begin at midnight and end a minute before the next. */
export function sessionNow() {
	const [day, clock] = italian.format(new Date()).split(' ');
	const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
	const text = at => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
	const begins = Math.min(Math.max(minutes - 20, 0), 1438);
	return {day, begins: text(begins), ends: text(Math.min(begins + 60, 1439))};
}

export const classFields = {...eventFields, tipo_form: 3, cod_tipologia_form: 1, cod_evento: 'RES-1', ore: 8, crediti: '10.4', num_part: 100,
	data_ini: localDay(-30), data_fine: localDay(0), seconds_needed: 0};

/** Somebody's id by log-in. */
export async function idOf(administrator, login) {
	return (await administrator.get(`/api/users?search=${login}`)).json.users[0].id;
}

/** An event with one class and these sessions: {event, group, sessions}. */
export async function makeClass(provider, fields, sessions, setting = {}) {
	const event = (await provider.post('/api/ecm/events', {...classFields, ...fields})).json;
	await provider.put(`/api/classes/${event.id}`, {project: '', class_people: 25, presence_percent: 90, ...setting});
	const group = (await provider.post(`/api/classes/${event.id}/groups`, {name: 'Classe A'})).json;
	const made = [];
	for (const session of sessions) {
		const answer = await provider.post(`/api/class-groups/${group.id}/sessions`, session);
		if (answer.status !== 201) {
			throw new Error(answer.text);
		}
		made.push(answer.json);
	}
	return {event, group, sessions: made};
}

/** What every valid certificate prints, fact by fact. */
export const factsOf = server => JSON.parse(execFileSync('python3', ['-c', `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
print(json.dumps([json.loads(facts) for (facts,) in db.execute('SELECT facts FROM certificate WHERE revoked_at IS NULL')]))`, join(server.folder, 'fad.db')], {encoding: 'utf8'}));
