// SPDX-License-Identifier: Apache-2.0
// Confluent's JavaScript client against a schema registry: confluent_js.js REGISTRY_URL; status 0: as with Confluent's.
const assert = require('assert');
const { SchemaRegistryClient, AvroSerializer, AvroDeserializer, JsonSerializer, JsonDeserializer, ProtobufSerializer, ProtobufDeserializer, SerdeType } =
    require('@confluentinc/schemaregistry');
const { create, createFileRegistry, createMutableRegistry } = require('@bufbuild/protobuf');
const { FieldDescriptorProto_Label: Label, FieldDescriptorProto_Type: Type, FileDescriptorProtoSchema } = require('@bufbuild/protobuf/wkt');

const FLIGHT = JSON.stringify({ type: 'record', name: 'Flight', fields: [{ name: 'tail', type: 'string' }] });
const BREAKING = JSON.stringify({ type: 'record', name: 'Flight', fields: [{ name: 'gate', type: 'int' }] });
const STRIKE = JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties: { species: { type: 'string' } } });

async function refused(status, call) {
    try {
        await call();
    } catch (error) {
        assert.strictEqual(error.status ?? error.response?.status, status, String(error));
        return;
    }
    assert.fail('it was taken');
}

// A message of a file that imports another one.
function reportOf() {
    const wing = create(FileDescriptorProtoSchema, {
        name: 'js_wing.proto', package: 'js.air', syntax: 'proto3',
        messageType: [{ name: 'Wing', field: [{ name: 'side', number: 1, label: Label.OPTIONAL, type: Type.STRING }] }],
    });
    const report = create(FileDescriptorProtoSchema, {
        name: 'js_report.proto', package: 'js.air', syntax: 'proto3', dependency: ['js_wing.proto'],
        messageType: [{
            name: 'Report',
            field: [{ name: 'species', number: 1, label: Label.OPTIONAL, type: Type.STRING },
                { name: 'wings', number: 2, label: Label.REPEATED, type: Type.MESSAGE, typeName: '.js.air.Wing' }],
        }],
    });
    return createFileRegistry(report, (name) => (name === 'js_wing.proto' ? wing : undefined)).getMessage('js.air.Report');
}

// Protobuf's serializers ask a registry for format=serialized.
async function protobufThereAndBack(url) {
    const type = reportOf();
    const event = create(type, { species: 'gull', wings: [{ side: 'L' }, { side: 'R' }] });
    const registry = createMutableRegistry(type);
    const client = () => new SchemaRegistryClient({ baseURLs: [url], cacheCapacity: 100 });
    const writer = new ProtobufSerializer(client(), SerdeType.VALUE, { registry, autoRegisterSchemas: true });
    const bytes = await writer.serialize('js-reports', event);
    const asked = client();
    const known = await asked.getLatestSchemaMetadata('js-reports-value');
    assert.deepStrictEqual(known.references, [{ name: 'js_wing.proto', subject: 'js_wing.proto', version: 1 }]);
    assert.match(known.schema, /^syntax/);
    const latest = new ProtobufSerializer(asked, SerdeType.VALUE, { registry, useLatestVersion: true, autoRegisterSchemas: false });
    assert.deepStrictEqual(await latest.serialize('js-reports', event), bytes);
    for (const conf of [{}, { useLatestVersion: true }]) {
        const read = await new ProtobufDeserializer(client(), SerdeType.VALUE, conf).deserialize('js-reports', bytes);
        assert.strictEqual(read.$typeName, 'js.air.Report');
        assert.strictEqual(read.species, 'gull');
        assert.deepStrictEqual(read.wings.map((wing) => wing.side), ['L', 'R']);
    }
}

async function main() {
    const client = new SchemaRegistryClient({ baseURLs: [process.argv[2]], cacheCapacity: 100 });
    const id = await client.register('js-flights-value', { schema: FLIGHT, schemaType: 'AVRO' });
    assert.ok(id > 0);
    const registered = await client.registerFullResponse('js-strikes-value', { schema: STRIKE, schemaType: 'JSON' });
    assert.ok(registered.id > 0);
    assert.strictEqual((await client.getBySubjectAndId('js-flights-value', id)).schema, FLIGHT);
    assert.deepStrictEqual(await client.getAllVersions('js-flights-value'), [1]);
    assert.strictEqual((await client.getLatestSchemaMetadata('js-flights-value')).id, id);
    assert.strictEqual(await client.getVersion('js-flights-value', { schema: FLIGHT, schemaType: 'AVRO' }), 1);
    assert.ok((await client.getAllSubjects()).includes('js-flights-value'));
    assert.strictEqual(await client.testSubjectCompatibility('js-flights-value', { schema: BREAKING, schemaType: 'AVRO' }), false);
    await refused(409, () => client.register('js-flights-value', { schema: BREAKING, schemaType: 'AVRO' }));
    await refused(404, () => client.getAllVersions('js-none'));
    assert.strictEqual(await client.updateCompatibility('js-flights-value', 'FULL'), 'FULL');
    assert.strictEqual(await client.getCompatibility('js-flights-value'), 'FULL');

    const avro = new AvroSerializer(client, SerdeType.VALUE, { useLatestVersion: true });
    const bytes = await avro.serialize('js-flights', { tail: 'N1' });
    assert.strictEqual(bytes.readInt32BE(1), id);
    assert.deepStrictEqual({ ...(await new AvroDeserializer(client, SerdeType.VALUE, {}).deserialize('js-flights', bytes)) }, { tail: 'N1' });
    const json = new JsonSerializer(client, SerdeType.VALUE, { useLatestVersion: true });
    const strike = await json.serialize('js-strikes', { species: 'gull' });
    assert.deepStrictEqual(await new JsonDeserializer(client, SerdeType.VALUE, {}).deserialize('js-strikes', strike), { species: 'gull' });

    assert.deepStrictEqual(await client.deleteSubject('js-strikes-value'), [1]);
    assert.deepStrictEqual(await client.deleteSubject('js-strikes-value', true), [1]);
    await protobufThereAndBack(process.argv[2]);
    await client.close();
    console.log('passed');
}
main().catch((error) => {
    console.error(error);
    process.exit(1);
});
