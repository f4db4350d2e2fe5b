const rules = new Intl.PluralRules('en');

/** The words that go with a number, by the rule of the language: "message" or "messages", "needs" or "need". */
export function plural(value: number, forms: { readonly one: string; readonly other: string }): string {
  return rules.select(value) === 'one' ? forms.one : forms.other;
}
