// The bar above a list: one button a status with its count, and a search field.
import { type Html, html } from './html.ts';
import { type Tone, tones } from './report-page.ts';

/** One choice: items whose `data-status` is `value`. */
export interface FilterChoice {
  readonly value: string;
  readonly label: string;
  readonly tone: Tone;
  readonly count: number;
  /** Shown without items too: the page may move some there. */
  readonly always?: boolean;
}

/**
 * Renders the bar; place it in the `[data-filtered]` element that holds the items. `group` names the radio buttons on this page, `search` is
 * the search field's label, without one there is none. Choices without items are left out.
 */
export function filterBar(group: string, total: number, choices: readonly FilterChoice[], search?: string): Html {
  const buttons = choices
    .filter(({ count, always }) => count > 0 || always)
    .map(
      ({ value, label, tone, count }) =>
        html`<label><input type="radio" name="${group}" value="${value}"><span class="sign" data-tone="${tone}">${tones[tone]}</span> ${label} <span class="number">${count}</span></label>`,
    );
  return html`<div class="bar"><fieldset class="filter"><legend class="hidden-label">Show</legend><label><input type="radio" name="${group}" value="all" checked>All <span class="number">${total}</span></label>${buttons}</fieldset>${search !== undefined && html`<label><span class="hidden-label">${search}</span><input class="search" type="search" placeholder="${search}"></label>`}</div>`;
}
