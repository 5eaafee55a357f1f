// SPDX-License-Identifier: Apache-2.0
// ajv, a validator in JavaScript, asked as schema_oracle is: draft, schema and instances in a line; which are valid.
const drafts = { '2019-09': require('ajv/dist/2019').default, '2020-12': require('ajv/dist/2020').default };

function answer({ draft, schema, instances }) {
    try {
        // unicodeRegExp: patterns are ECMA-262's with the flag u, as the drafts recommend.
        const validate = new drafts[draft]({ strict: false, unicodeRegExp: true, logger: false }).compile(schema);
        return { valid: instances.map((instance) => validate(instance)) };
    } catch (error) {
        return { error: String(error) };
    }
}

require('readline')
    .createInterface({ input: process.stdin })
    .on('line', (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
