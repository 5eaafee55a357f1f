// SPDX-License-Identifier: Apache-2.0
// The registry client of the KafkaJS community: kafkajs.js REGISTRY_URL; status 0: everything is as with Confluent's.
const assert = require('assert');
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry');

async function main() {
    const registry = new SchemaRegistry({ host: process.argv[2] });
    const schema = { type: 'record', name: 'Flight', namespace: 'air', fields: [{ name: 'tail', type: 'string' }] };
    const { id } = await registry.register({ type: SchemaType.AVRO, schema: JSON.stringify(schema) }, { subject: 'kjs-flights-value' });
    const event = await registry.encode(id, { tail: 'N1' });
    assert.strictEqual(event.readInt32BE(1), id);
    const decoded = await new SchemaRegistry({ host: process.argv[2] }).decode(event);
    assert.deepStrictEqual({ ...decoded }, { tail: 'N1' });
    assert.strictEqual(await registry.getLatestSchemaId('kjs-flights-value'), id);
    assert.strictEqual(await registry.getRegistryId('kjs-flights-value', 1), id);

    const proto = 'syntax = "proto3"; package air; message Airport { string code = 1; }';
    const airports = await registry.register({ type: SchemaType.PROTOBUF, schema: proto }, { subject: 'kjs-airports-value' });
    const airport = await registry.encode(airports.id, { code: 'ANC' });
    assert.strictEqual((await registry.decode(airport)).code, 'ANC');

    const strike = JSON.stringify({ type: 'object', properties: { species: { type: 'string' } }, required: ['species'] });
    const strikes = await registry.register({ type: SchemaType.JSON, schema: strike }, { subject: 'kjs-strikes-value' });
    const gull = await registry.encode(strikes.id, { species: 'gull' });
    assert.deepStrictEqual(await registry.decode(gull), { species: 'gull' });

    const breaking = { ...schema, fields: [{ name: 'gate', type: 'int' }] };
    await assert.rejects(registry.register({ type: SchemaType.AVRO, schema: JSON.stringify(breaking) }, { subject: 'kjs-flights-value' }));
    console.log('passed');
}
main().catch((error) => {
    console.error(error);
    process.exit(1);
});
