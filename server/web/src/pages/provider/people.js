// People: the operators, found by name, company, level and how far they are.

import { api } from '../../api.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { SearchForm } from '../../ui/search-form.js';
import { Pager, Table } from '../../ui/table.js';

export const states = ['none', 'placed', 'started', 'completed'];

/** @type {Record<string, string>} */
const stateTags = { none: '', placed: '', started: 'tag-busy', completed: 'tag-good' };

/** How far a person is. @param {any} person */
export function stateOf(person) {
	if (person.complete) {
		return 'completed';
	}
	return person.seconds > 0 || person.modules_completed > 0 ? 'started' : person.level === null ? 'none' : 'placed';
}

/** The name of a level by its id. @param {any[]} levels @param {string | null} id */
export function levelName(levels, id) {
	return id === null ? '—' : pick(levels.find((level) => level.id === id), 'name') || id;
}

/** How many modules a person's path has. @param {any} path @param {string | null} level */
export const modulesOf = (path, level) => path.levels.find((/** @type {any} */ one) => one.id === level)?.modules ?? path.modules.length;

/** @param {{list: any, path: any}} props */
function People({ list, path }) {
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ person) => html`<a href=${`/persone/${person.id}`}>${person.family_name} ${person.given_name}</a><span class="sub code">${person.codice_fiscale}</span>` },
		{ name: t('people.profession'), cell: (/** @type {any} */ person) => person.profession?.name ?? html`<span class="muted">${t('people.no_ecm')}</span>` },
		{ name: t('people.company'), cell: (/** @type {any} */ person) => person.company?.name ?? '—' },
		{ name: t('people.level'), cell: (/** @type {any} */ person) => levelName(path.levels, person.level) },
		{ name: t('people.modules'), num: true, cell: (/** @type {any} */ person) => t('home.n_of_total', { n: person.modules_completed, total: modulesOf(path, person.level) }) },
		{ name: t('people.state'), cell: (/** @type {any} */ person) => html`<span class=${`tag ${stateTags[stateOf(person)]}`}>${t(`people.state_${stateOf(person)}`)}</span>` },
	];
	return html`<${Table} caption=${t('people.title')} columns=${columns} rows=${list.people} keyOf=${(/** @type {any} */ person) => person.id} empty=${t('people.empty')} />`;
}

export function PeoplePage() {
	const filters = useFilters(['search', 'company', 'level', 'state', 'page']);
	const list = useLoad(() => api.get(`/people${filters.query}`), [filters.query]);
	const around = useLoad(async () => ({ companies: await table('companies'), path: await api.get('/path') }));
	const path = around.data?.path ?? { levels: [], modules: [] };
	const select = (/** @type {string} */ name, /** @type {[string | number, string][]} */ options) => html`<${SelectField} id=${name} label=${t(`people.${name}`)} empty=${t('people.all')}
		value=${filters.values[name]} onInput=${(/** @type {string} */ value) => filters.set({ [name]: value })} options=${options} />`;
	return html`<${Page} title=${t('people.title')} lead=${t('people.lead')}>
		<${SearchForm} value=${filters.values.search} label=${t('people.search')} onSearch=${(/** @type {string} */ search) => filters.set({ search })}>
			${select('company', asOptions(around.data?.companies ?? []))}
			${select('level', path.levels.map((/** @type {any} */ level) => [level.id, pick(level, 'name')]))}
			${select('state', states.map((state) => [state, t(`people.state_${state}`)]))}
		<//>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${People} list=${data} path=${path} />
			<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>
	<//>`;
}
