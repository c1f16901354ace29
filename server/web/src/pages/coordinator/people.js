// Who stands behind the programme's numbers, and how far each of them is: one's own company's people alone.

import { api } from '../../api.js';
import { date } from '../../format.js';
import { html } from '../../html.js';
import { pick, t } from '../../i18n.js';
import { asOptions, table } from '../../tables.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Icon } from '../../ui/icon.js';
import { modulesOf } from '../provider/people.js';
import { OnlyOwn, ownCompany } from './own-company.js';
import { Load, useLoad } from '../../ui/load.js';
import { Page } from '../../ui/page.js';
import { SearchForm } from '../../ui/search-form.js';
import { Pager, Table } from '../../ui/table.js';

const groups = ['operatori', 'mmg_pls', 'segreteria', 'formatori', 'dirigenti'];
const states = ['none', 'placed', 'started', 'completed'];
const up = () => ({ href: '/avanzamento', text: t('progress.title') });

/** @param {any[]} levels @param {string | null} id */
const levelName = (levels, id) => (id === null ? '—' : pick(levels.find((level) => level.id === id), 'name') || id);

/** @param {{list: any, path: any}} props */
function People({ list, path }) {
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ person) => html`<a href=${`/avanzamento/persone/${person.id}`}>${person.family_name} ${person.given_name}</a>` },
		{ name: t('progress.company'), cell: (/** @type {any} */ person) => person.company_name || '—' },
		{ name: t('progress.profession'), cell: (/** @type {any} */ person) => person.profession_name || html`<span class="muted">${t('people.no_ecm')}</span>` },
		{ name: t('progress.level'), cell: (/** @type {any} */ person) => levelName(path.levels, person.level) },
		{ name: t('people.modules'), num: true, cell: (/** @type {any} */ person) => t('home.n_of_total', { n: person.modules_completed, total: modulesOf(path, person.level) }) },
		{ name: t('progress.completed_on'), cell: (/** @type {any} */ person) => (person.completed_on ? html`<span class="text-nowrap">${date(person.completed_on)}</span>` : '—') },
	];
	return html`<${Table} caption=${t('progress.people')} columns=${columns} rows=${list.people} keyOf=${(/** @type {any} */ person) => person.id} empty=${t('people.empty')} />`;
}

export function ProgressPeoplePage() {
	const filters = useFilters(['search', 'company', 'profession', 'group', 'level', 'state', 'module', 'page']);
	const list = useLoad(() => api.get(`/progress/people${filters.query}`), [filters.query]);
	const around = useLoad(async () => ({ companies: await table('companies'), professions: await table('professions'), path: await api.get('/path') }));
	const path = around.data?.path ?? { levels: [], modules: [] };
	const own = ownCompany(list.data, filters.values.company);
	const select = (/** @type {string} */ name, /** @type {string} */ label, /** @type {[string | number, string][]} */ options) => html`<${SelectField} id=${name} label=${label} empty=${t('people.all')}
		value=${filters.values[name]} onInput=${(/** @type {string} */ value) => filters.set({ [name]: value })} options=${options} />`;
	return html`<${Page} title=${t('progress.people_title')} lead=${t('progress.people_lead')} up=${up()}>
		<${OnlyOwn} own=${own} companies=${around.data?.companies ?? []} />
		<p><a class="btn btn-outline-primary" href=${`/api/progress/people.csv${filters.query}`} download><${Icon} name="download" size="sm" color="primary" /> ${t('progress.people_csv')}</a></p>
		<${SearchForm} value=${filters.values.search} label=${t('progress.search')} onSearch=${(/** @type {string} */ search) => filters.set({ search })}>
			${!own && select('company', t('progress.company'), asOptions(around.data?.companies ?? []))}
			${select('profession', t('progress.profession'), [['0', t('progress.no_profession')], ...asOptions(around.data?.professions ?? [])])}
			${select('group', t('progress.group'), groups.map((group) => [group, t(`group.${group}`)]))}
			${select('level', t('progress.level'), path.levels.map((/** @type {any} */ level) => [level.id, pick(level, 'name')]))}
			${select('state', t('people.state'), states.map((state) => [state, t(`people.state_${state}`)]))}
			${select('module', t('progress.left'), path.modules.map((/** @type {any} */ module) => [module.index, `${module.index}. ${pick(module, 'title')}`]))}
		<//>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`<${People} list=${data} path=${path} />
			<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />`}<//>
	<//>`;
}

/** @param {{modules: any[]}} props */
function Modules({ modules }) {
	const columns = [
		{ name: t('progress.module'), head: true, cell: (/** @type {any} */ module) => `${module.index}. ${pick(module, 'title')}` },
		{ name: t('people.state'), cell: (/** @type {any} */ module) => html`<span class=${`tag ${module.completed ? 'tag-good' : module.started ? 'tag-busy' : ''}`}>${t(`people.state_${module.completed ? 'completed' : module.started ? 'started' : 'none'}`)}</span>` },
		{ name: t('progress.completed_on'), cell: (/** @type {any} */ module) => (module.completed_at ? date(module.completed_at) : '—') },
		{ name: t('progress.minutes'), num: true, cell: (/** @type {any} */ module) => Math.round(module.seconds / 60) },
	];
	return html`<${Table} caption=${t('progress.by_module')} columns=${columns} rows=${modules} keyOf=${(/** @type {any} */ module) => module.index} empty=${t('bars.empty')} />`;
}

/** @param {{id: string}} props */
export function ProgressPersonPage({ id }) {
	const person = useLoad(() => api.get(`/progress/people/${id}`), [id]);
	const name = person.data ? `${person.data.given_name} ${person.data.family_name}` : t('progress.person');
	return html`<${Page} title=${name} lead=${person.data?.company_name} up=${{ href: '/avanzamento/persone', text: t('progress.people_title') }}>
		<${Load} of=${person}>${(/** @type {any} */ data) => html`
			<p>${data.completed_on ? t('progress.person_completed', { day: date(data.completed_on) }) : t('progress.person_going', { n: data.modules_completed })}</p>
			<${Modules} modules=${data.modules} />`}<//>
	<//>`;
}
