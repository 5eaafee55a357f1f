// SPDX-License-Identifier: Apache-2.0

// franz-go's client against a schema registry: franz_sr REGISTRY_URL; status 0: everything is as with Confluent's.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/twmb/franz-go/pkg/sr"
)

const (
	flight  = `{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"tail","type":"string"}]}`
	flight2 = `{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"tail","type":"string"},` +
		`{"name":"delay","type":["null","int"],"default":null}]}`
	breaking = `{"type":"record","name":"Flight","namespace":"air","fields":[{"name":"gate","type":"int"}]}`
	wing     = `{"type":"enum","name":"Wing","namespace":"air","symbols":["L","R"]}`
	plane    = `{"type":"record","name":"Plane","namespace":"air","fields":[{"name":"wing","type":"Wing"}]}`
	airport  = `syntax = "proto3"; package air; message Airport { string code = 1; }`
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func expect(holds bool, told ...any) {
	if !holds {
		panic(fmt.Sprint(told...))
	}
}

func refused(err error, code int) {
	var told *sr.ResponseError
	expect(errors.As(err, &told) && told.ErrorCode == code, "expected ", code, ", not ", err)
}

func register(ctx context.Context, client *sr.Client) {
	types := must(client.SupportedTypes(ctx))
	expect(len(types) == 3, types)
	first := must(client.CreateSchema(ctx, "go-flights-value", sr.Schema{Schema: flight}))
	expect(first.Subject == "go-flights-value" && first.Version == 1 && first.ID > 0, first)
	again := must(client.CreateSchema(ctx, "go-flights-value", sr.Schema{Schema: flight}))
	expect(again.ID == first.ID && again.Version == 1, again)
	second := must(client.RegisterSchema(ctx, "go-flights-value", sr.Schema{Schema: flight2}, -1, -1))
	expect(second > first.ID, second)
	expect(must(client.SchemaTextByID(ctx, second)) == flight2)
	expect(must(client.SchemaByID(ctx, second)).Schema == flight2)
	expect(slices.Equal(must(client.SubjectVersions(ctx, "go-flights-value")), []int{1, 2}))
	expect(must(client.SchemaByVersion(ctx, "go-flights-value", -1)).ID == second)
	expect(must(client.SchemaTextByVersion(ctx, "go-flights-value", 1)) == flight)
	expect(must(client.LookupSchema(ctx, "go-flights-value", sr.Schema{Schema: flight})).Version == 1)
	expect(slices.Contains(must(client.SubjectsByID(ctx, second)), "go-flights-value"))
	expect(len(must(client.SchemaVersionsByID(ctx, second))) == 1)
	expect(len(must(client.Schemas(ctx, "go-flights-value"))) == 2)
	expect(len(must(client.AllSchemas(ctx))) >= 2)
	_, err := client.SchemaByID(ctx, 99999)
	refused(err, 40403)
	_, err = client.SubjectVersions(ctx, "go-none")
	refused(err, 40401)
	_, err = client.CreateSchema(ctx, "go-bad-value", sr.Schema{Schema: `{"type":`})
	refused(err, 42201)
	proto := must(client.CreateSchema(ctx, "go-airports-value", sr.Schema{Schema: airport, Type: sr.TypeProtobuf}))
	expect(must(client.SchemaByID(ctx, proto.ID)).Type == sr.TypeProtobuf)
}

func compare(ctx context.Context, client *sr.Client) {
	fits := must(client.CheckCompatibility(ctx, "go-flights-value", -1, sr.Schema{Schema: flight2}))
	expect(fits.Is, fits)
	breaks := must(client.CheckCompatibility(sr.WithParams(ctx, sr.Verbose), "go-flights-value", -1, sr.Schema{Schema: breaking}))
	expect(!breaks.Is && len(breaks.Messages) > 0, breaks)
	_, err := client.CreateSchema(ctx, "go-flights-value", sr.Schema{Schema: breaking})
	expect(err != nil, "it was taken")
	toGlobal := sr.WithParams(ctx, sr.DefaultToGlobal)
	for _, level := range client.Compatibility(toGlobal, "go-flights-value", sr.GlobalSubject) {
		expect(level.Err == nil && level.Level == sr.CompatBackward, level)
	}
	set := client.SetCompatibility(ctx, sr.SetCompatibility{Level: sr.CompatNone}, "go-flights-value")
	expect(set[0].Err == nil && set[0].Level == sr.CompatNone, set)
	expect(client.Compatibility(toGlobal, "go-flights-value")[0].Level == sr.CompatNone)
	expect(client.ResetCompatibility(ctx, "go-flights-value")[0].Err == nil)
	expect(client.Compatibility(toGlobal, "go-flights-value")[0].Level == sr.CompatBackward)
	expect(client.Mode(ctx)[0].Mode == sr.ModeReadWrite)
	expect(client.SetMode(ctx, sr.ModeReadOnly, "go-frozen")[0].Err == nil)
	_, err = client.CreateSchema(ctx, "go-frozen", sr.Schema{Schema: flight})
	refused(err, 42205)
	expect(client.ResetMode(ctx, "go-frozen")[0].Err == nil)
}

func remove(ctx context.Context, client *sr.Client) {
	must(client.CreateSchema(ctx, "go-wing", sr.Schema{Schema: wing}))
	references := []sr.SchemaReference{{Name: "air.Wing", Subject: "go-wing", Version: 1}}
	must(client.CreateSchema(ctx, "go-plane", sr.Schema{Schema: plane, References: references}))
	users := must(client.SchemaReferences(ctx, "go-wing", 1))
	expect(len(users) == 1 && users[0].Subject == "go-plane", users)
	_, err := client.DeleteSubject(ctx, "go-wing", sr.SoftDelete)
	refused(err, 42206)
	expect(slices.Equal(must(client.DeleteSubject(ctx, "go-plane", sr.SoftDelete)), []int{1}))
	expect(!slices.Contains(must(client.Subjects(ctx)), "go-plane"))
	expect(slices.Contains(must(client.Subjects(sr.WithParams(ctx, sr.ShowDeleted))), "go-plane"))
	expect(slices.Equal(must(client.DeleteSubject(ctx, "go-plane", sr.HardDelete)), []int{1}))
	if err := client.DeleteSchema(ctx, "go-flights-value", 1, sr.SoftDelete); err != nil {
		panic(err)
	}
	expect(slices.Equal(must(client.SubjectVersions(ctx, "go-flights-value")), []int{2}))
}

func main() {
	defer func() {
		if told := recover(); told != nil {
			fmt.Fprintln(os.Stderr, told)
			os.Exit(1)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := must(sr.NewClient(sr.URLs(os.Args[1])))
	register(ctx, client)
	compare(ctx, client)
	remove(ctx, client)
	fmt.Println("passed")
}
