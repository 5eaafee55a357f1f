// SPDX-License-Identifier: Apache-2.0
// kafkajs as a stranger's client: `kafkajs_client.js COMMAND JSON`; answers are JSON lines on standard output.
'use strict';
const assert = require('assert');
const kafkajs = require('kafkajs');
const { CompressionTypes, CompressionCodecs, ConfigResourceTypes, Kafka, logLevel } = kafkajs;
CompressionCodecs[CompressionTypes.Snappy] = require('kafkajs-snappy');

const CODECS = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy };

function say(event, fields = {}) {
    const at = Number(process.hrtime.bigint()) / 1e9; // the monotonic clock that all processes share
    process.stdout.write(JSON.stringify({ event, at, ...fields }) + '\n');
}

function kafka(args) {
    const sasl = args.mechanism
        ? { mechanism: args.mechanism.toLowerCase(), username: args.user, password: args.password } : undefined;
    return new Kafka({ clientId: 'kafkajs', brokers: [args.bootstrap], sasl, logLevel: logLevel.NOTHING,
                       retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: args.retries ?? 30 } });
}

function headersOf(pairs) {
    const headers = {};
    for (const [name, value] of pairs) {
        headers[name] = [...(headers[name] ?? []), value];
    }
    return headers;
}

function pairsOf(headers) {
    return Object.entries(headers ?? {}).flatMap(
        ([name, values]) => [values].flat().map(value => [name, value === null ? null : value.toString()]));
}

function show(partition, message) {
    say('record', { partition, offset: Number(message.offset), key: message.key === null ? null : message.key.toString(),
                    value: message.value === null ? null : message.value.toString(), headers: pairsOf(message.headers) });
}

async function produce(args) {
    const producer = kafka(args).producer({ idempotent: false });
    await producer.connect();
    const messages = args.records.map(
        ({ key, value, headers, partition }) => ({ key, value, headers: headersOf(headers), partition }));
    const answers = await producer.send(
        { topic: args.topic, messages, acks: -1, compression: CODECS[args.codec ?? 'none'] });
    await producer.disconnect();
    say('produced', { places: answers.map(one => [one.partition, Number(one.baseOffset)]) });
}

async function consume(args) {
    const admin = kafka(args).admin();
    await admin.connect();
    const ends = await admin.fetchTopicOffsets(args.topic);
    await admin.disconnect();
    const left = new Map(ends.filter(one => Number(one.high) > Number(one.low)).map(one => [one.partition, Number(one.high)]));
    const consumer = kafka(args).consumer({ groupId: `reader-${process.pid}`, sessionTimeout: 6000 });
    await consumer.connect();
    await consumer.subscribe({ topic: args.topic, fromBeginning: true });
    if (left.size > 0) {
        await new Promise((resolve, reject) => {
            setTimeout(() => reject(new Error(`still missing ${JSON.stringify([...left])}`)), 30000).unref();
            consumer.run({ autoCommit: false, eachMessage: async ({ partition, message }) => {
                show(partition, message);
                if (Number(message.offset) + 1 >= left.get(partition)) {
                    left.delete(partition);
                }
                if (left.size === 0) {
                    resolve();
                }
            } }).catch(reject);
        });
    }
    await consumer.disconnect();
    say('end', { complete: true });
}

async function member(args) {
    const consumer = kafka(args).consumer({ groupId: args.group, sessionTimeout: args.sessionMs ?? 6000, heartbeatInterval: 500,
                                            rebalanceTimeout: 10000, maxWaitTimeInMs: 200 });
    let owned = [];
    const lose = () => {
        if (owned.length > 0) {
            say('revoked', { partitions: owned });
            owned = [];
        }
    };
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        lose();
        owned = payload.memberAssignment[args.topic] ?? [];
        say('assigned', { partitions: owned });
    });
    consumer.on(consumer.events.REBALANCING, lose);
    consumer.on(consumer.events.CRASH, lose);
    await consumer.connect();
    await consumer.subscribe({ topic: args.topic, fromBeginning: true });
    await consumer.run({ autoCommitThreshold: 1, eachMessage: async ({ partition, message }) => show(partition, message) });
    await new Promise(resolve => process.stdin.on('end', resolve).resume());
    lose();
    await consumer.disconnect();
    say('left');
}

async function committed(args) {
    const admin = kafka(args).admin();
    await admin.connect();
    const [found] = await admin.fetchOffsets({ groupId: args.group, topics: [args.topic] });
    await admin.disconnect();
    say('committed', { offsets: Object.fromEntries(found.partitions.map(one => [one.partition, Number(one.offset)])) });
}

async function login(args) {
    const admin = kafka({ ...args, retries: 1 }).admin();
    try {
        await admin.connect();
        const cluster = await admin.describeCluster();
        await admin.disconnect();
        say('login', { ok: cluster.brokers.length > 0 });
    } catch (error) {
        say('login', { ok: false, reason: error.message });
    }
}

// Some changes are shown a moment after they were acknowledged.
async function waitFor(what, condition) {
    const deadline = Date.now() + 10000;
    while (!await condition()) {
        assert(Date.now() < deadline, `waited 10 s for ${what}`);
        await new Promise(resolve => setTimeout(resolve, 20));
    }
}

async function admin(args) {
    const { topic, group } = args;
    const client = kafka(args).admin();
    await client.connect();
    assert(await client.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 1,
        configEntries: [{ name: 'retention.ms', value: '3600000' }] }] }));
    assert.strictEqual(await client.createTopics({ topics: [{ topic, numPartitions: 2 }] }), false);
    const describe = async () => {
        const answer = await client.describeConfigs({ includeSynonyms: false,
            resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }] });
        return new Map(answer.resources[0].configEntries.map(one => [one.configName, one.configValue]));
    };
    await waitFor('the retention', async () => (await describe()).get('retention.ms') === '3600000');
    assert((await describe()).has('max.message.bytes'));
    await client.alterConfigs({ resources: [{ type: ConfigResourceTypes.TOPIC, name: topic,
        configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }] });
    await waitFor('the policy', async () => (await describe()).get('cleanup.policy') === 'compact');
    assert.strictEqual((await describe()).get('retention.ms'), '604800000'); // AlterConfigs replaces all
    await client.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    await waitFor('a third partition',
        async () => (await client.fetchTopicMetadata({ topics: [topic] })).topics[0].partitions.length === 3);

    await client.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: '5' }, { partition: 1, offset: '7' }] });
    const [found] = await client.fetchOffsets({ groupId: group, topics: [topic] });
    assert.deepStrictEqual(found.partitions.map(one => one.offset).sort(), ['-1', '5', '7']);
    assert((await client.listGroups()).groups.some(one => one.groupId === group));
    const about = await client.describeGroups([group]);
    assert.strictEqual(about.groups[0].state, 'Empty');
    await client.deleteGroups([group]);
    assert(!(await client.listGroups()).groups.some(one => one.groupId === group));
    await client.deleteTopics({ topics: [topic] });
    await waitFor('the topic to be gone', async () => !(await client.listTopics()).includes(topic));
    await client.disconnect();
    say('admin', { ok: true });
}

const COMMANDS = { produce, consume, member, committed, login, admin };
// What was said must be out before the process ends.
const end = status => process.stdout.write('', () => process.exit(status));
COMMANDS[process.argv[2]](JSON.parse(process.argv[3])).then(() => end(0), error => {
    process.stderr.write(`${error.stack}\n`);
    end(1);
});
