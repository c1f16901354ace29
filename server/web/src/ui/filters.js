// Filters that live in the address: they survive going back, reloading and sharing the link.

import { query } from '../api.js';
import { address, navigate } from '../router.js';
import { useSignal } from '../signal.js';

/**
 * @param {string[]} names
 * @returns {{values: Record<string, string>, set: (change: Record<string, string | number | null>) => void, query: string}}
 */
export function useFilters(names) {
	const here = new URL(useSignal(address), 'http://here');
	/** @type {Record<string, string>} */
	const values = Object.fromEntries(names.map((name) => [name, here.searchParams.get(name) ?? '']));
	const set = (/** @type {Record<string, string | number | null>} */ change) => {
		// Another filter means another first page.
		const next = 'page' in change ? { ...values, ...change } : { ...values, page: null, ...change };
		navigate(here.pathname + query(next), { keep: true });
	};
	return { values, set, query: query(values) };
}
