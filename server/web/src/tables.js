// Code tables of the server, asked for once.

import { api } from './api.js';
import { pick } from './i18n.js';

/** @type {Map<string, Promise<any[]>>} */
const asked = new Map();

/** The rows of a table: the list itself, or the one list in the answer. @param {any} answer @returns {any[]} */
export function rowsOf(answer) {
	return Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray) ?? [];
}

/** @param {'companies' | 'professions' | 'disciplines' | 'objectives'} name @returns {Promise<any[]>} */
export function table(name) {
	let rows = asked.get(name);
	if (!rows) {
		rows = api.get(`/tables/${name}`).then(rowsOf);
		rows.catch(() => asked.delete(name));
		asked.set(name, rows);
	}
	return rows;
}

/** A table's rows as choices of a list. @param {any[]} rows @returns {[string | number, string][]} */
export function asOptions(rows) {
	return rows.map((row) => [row.code ?? row.id, row.name ?? pick(row, 'name')]);
}
