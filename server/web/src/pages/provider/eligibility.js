// Who misses something for the credits of an event, and what.

import { api } from '../../api.js';
import { number } from '../../format.js';
import { html } from '../../html.js';
import { t } from '../../i18n.js';
import { useAction } from '../../ui/busy.js';
import { SelectField } from '../../ui/field.js';
import { useFilters } from '../../ui/filters.js';
import { Icon } from '../../ui/icon.js';
import { Load, useLoad } from '../../ui/load.js';
import { notify } from '../../ui/notices.js';
import { Page } from '../../ui/page.js';
import { ErrorBox } from '../../ui/problems.js';
import { SearchForm } from '../../ui/search-form.js';
import { Pager, Table } from '../../ui/table.js';
import { Check } from './final-rules.js';

/** Does the event ask for the declaration? @param {{id: string, data: any, reload: () => void}} props */
function Setting({ id, data, reload }) {
	const save = useAction(async (/** @type {boolean} */ declaration) => {
		await api.put(`/ecm/events/${id}/requirements`, { declaration });
		notify(t('eligible.saved'));
		reload();
	});
	return html`<section aria-labelledby="settings"><h2 class="h5" id="settings">${t('eligible.settings')}</h2>
		<${Check} id="declaration" label=${t('eligible.required')} on=${data.declaration} onChange=${(/** @type {boolean} */ on) => save.run(on)} />
		<${ErrorBox} error=${save.error} />
	</section>`;
}

/** @param {{data: any}} props */
function People({ data }) {
	const columns = [
		{ name: t('people.name'), head: true, cell: (/** @type {any} */ person) => html`<a href=${`/persone/${person.id}`}>${person.family_name} ${person.given_name}</a><span class="sub code">${person.codice_fiscale}</span>` },
		{ name: t('eligible.missing'), cell: (/** @type {any} */ person) => person.missing.map((/** @type {string} */ code) => html`<span key=${code} class="tag tag-warn me-1 mb-1">${t(`credits.${code}`)}</span>`) },
	];
	return html`<${Table} caption=${t('eligible.title')} columns=${columns} rows=${data.people} keyOf=${(/** @type {any} */ person) => person.id} empty=${t('eligible.empty')} />`;
}

/** @param {{id: string}} props */
export function EligibilityPage({ id }) {
	const filters = useFilters(['search', 'missing', 'page']);
	const list = useLoad(() => api.get(`/ecm/events/${id}/eligibility${filters.query}`), [id, filters.query]);
	const counts = Object.entries(list.data?.counts ?? {});
	const glance = [['eligible.concerned', list.data?.concerned], ['eligible.eligible', list.data?.eligible], ['eligible.listed', list.data?.total]];
	return html`<${Page} title=${t('eligible.title')} lead=${list.data?.title} up=${{ href: `/eventi/${id}`, text: t('event.title_page') }}>
		<${SearchForm} value=${filters.values.search} label=${t('people.search')} onSearch=${(/** @type {string} */ search) => filters.set({ search })}>
			<${SelectField} id="missing" label=${t('eligible.missing')} empty=${t('eligible.any')} value=${filters.values.missing} onInput=${(/** @type {string} */ missing) => filters.set({ missing })}
				options=${counts.map(([code, n]) => [code, t('eligible.option', { name: t(`credits.${code}`), n: number(n) })])} />
		<//>
		<${Load} of=${list}>${(/** @type {any} */ data) => html`
			<dl class="glance">${glance.map(([name, value]) => html`<div key=${name}><dt>${t(name)}</dt><dd><strong>${number(value)}</strong></dd></div>`)}</dl>
			<p class="actions"><a class="btn btn-outline-primary" href=${`/api/ecm/events/${id}/eligibility.csv${filters.query}`} download><${Icon} name="download" size="sm" color="primary" /> ${t('eligible.csv')}</a></p>
			<${People} data=${data} />
			<${Pager} page=${data.page} pages=${data.pages} total=${data.total} onPage=${(/** @type {number} */ page) => filters.set({ page })} />
			<div class="mt-5"><${Setting} id=${id} data=${data} reload=${list.reload} /></div>`}<//>
	<//>`;
}
