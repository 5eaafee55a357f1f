// SPDX-License-Identifier: Apache-2.0
// The metaschemas of the five drafts and their vocabularies, as json-schema.org publishes them, without white space.
#include "schema/json/dialect.h"

#include <array>

namespace meshbone::catalog::jsonschema {

namespace {

struct Metaschema {
    std::string_view uri;
    std::string_view text;
};

constexpr std::array<Metaschema, 19> kMetaschemas{{
    {"http://json-schema.org/draft-04/schema",
     R"~({"id":"http://json-schema.org/draft-04/schema#","$schema":"http://json-schema.org/draft-04/schema#","des)~"
     R"~(cription":"Core schema meta-schema","definitions":{"schemaArray":{"type":"array","minItems":1,"items":{")~"
     R"~($ref":"#"}},"positiveInteger":{"type":"integer","minimum":0},"positiveIntegerDefault0":{"allOf":[{"$ref")~"
     R"~(:"#/definitions/positiveInteger"},{"default":0}]},"simpleTypes":{"enum":["array","boolean","integer","nu)~"
     R"~(ll","number","object","string"]},"stringArray":{"type":"array","items":{"type":"string"},"minItems":1,"u)~"
     R"~(niqueItems":true}},"type":"object","properties":{"id":{"type":"string"},"$schema":{"type":"string"},"tit)~"
     R"~(le":{"type":"string"},"description":{"type":"string"},"default":{},"multipleOf":{"type":"number","minimu)~"
     R"~(m":0,"exclusiveMinimum":true},"maximum":{"type":"number"},"exclusiveMaximum":{"type":"boolean","default")~"
     R"~(:false},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"boolean","default":false},"maxLength":{")~"
     R"~($ref":"#/definitions/positiveInteger"},"minLength":{"$ref":"#/definitions/positiveIntegerDefault0"},"pat)~"
     R"~(tern":{"type":"string","format":"regex"},"additionalItems":{"anyOf":[{"type":"boolean"},{"$ref":"#"}],"d)~"
     R"~(efault":{}},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/schemaArray"}],"default":{}},"maxItems)~"
     R"~(":{"$ref":"#/definitions/positiveInteger"},"minItems":{"$ref":"#/definitions/positiveIntegerDefault0"},")~"
     R"~(uniqueItems":{"type":"boolean","default":false},"maxProperties":{"$ref":"#/definitions/positiveInteger"})~"
     R"~(,"minProperties":{"$ref":"#/definitions/positiveIntegerDefault0"},"required":{"$ref":"#/definitions/stri)~"
     R"~(ngArray"},"additionalProperties":{"anyOf":[{"type":"boolean"},{"$ref":"#"}],"default":{}},"definitions":)~"
     R"~({"type":"object","additionalProperties":{"$ref":"#"},"default":{}},"properties":{"type":"object","additi)~"
     R"~(onalProperties":{"$ref":"#"},"default":{}},"patternProperties":{"type":"object","additionalProperties":{)~"
     R"~("$ref":"#"},"default":{}},"dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},)~"
     R"~({"$ref":"#/definitions/stringArray"}]}},"enum":{"type":"array","minItems":1,"uniqueItems":true},"type":{)~"
     R"~("anyOf":[{"$ref":"#/definitions/simpleTypes"},{"type":"array","items":{"$ref":"#/definitions/simpleTypes)~"
     R"~("},"minItems":1,"uniqueItems":true}]},"format":{"type":"string"},"allOf":{"$ref":"#/definitions/schemaAr)~"
     R"~(ray"},"anyOf":{"$ref":"#/definitions/schemaArray"},"oneOf":{"$ref":"#/definitions/schemaArray"},"not":{")~"
     R"~($ref":"#"}},"dependencies":{"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]},"default":{}})~"},
    {"http://json-schema.org/draft-06/schema",
     R"~({"$schema":"http://json-schema.org/draft-06/schema#","$id":"http://json-schema.org/draft-06/schema#","ti)~"
     R"~(tle":"Core schema meta-schema","definitions":{"schemaArray":{"type":"array","minItems":1,"items":{"$ref")~"
     R"~(:"#"}},"nonNegativeInteger":{"type":"integer","minimum":0},"nonNegativeIntegerDefault0":{"allOf":[{"$ref)~"
     R"~(":"#/definitions/nonNegativeInteger"},{"default":0}]},"simpleTypes":{"enum":["array","boolean","integer")~"
     R"~(,"null","number","object","string"]},"stringArray":{"type":"array","items":{"type":"string"},"uniqueItem)~"
     R"~(s":true,"default":[]}},"type":["object","boolean"],"properties":{"$id":{"type":"string","format":"uri-re)~"
     R"~(ference"},"$schema":{"type":"string","format":"uri"},"$ref":{"type":"string","format":"uri-reference"},")~"
     R"~(title":{"type":"string"},"description":{"type":"string"},"default":{},"examples":{"type":"array","items")~"
     R"~(:{}},"multipleOf":{"type":"number","exclusiveMinimum":0},"maximum":{"type":"number"},"exclusiveMaximum":)~"
     R"~({"type":"number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},"maxLength":{"$ref":")~"
     R"~(#/definitions/nonNegativeInteger"},"minLength":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},"patt)~"
     R"~(ern":{"type":"string","format":"regex"},"additionalItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{")~"
     R"~($ref":"#/definitions/schemaArray"}],"default":{}},"maxItems":{"$ref":"#/definitions/nonNegativeInteger"})~"
     R"~(,"minItems":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},"uniqueItems":{"type":"boolean","default)~"
     R"~(":false},"contains":{"$ref":"#"},"maxProperties":{"$ref":"#/definitions/nonNegativeInteger"},"minPropert)~"
     R"~(ies":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},"required":{"$ref":"#/definitions/stringArray"})~"
     R"~(,"additionalProperties":{"$ref":"#"},"definitions":{"type":"object","additionalProperties":{"$ref":"#"},)~"
     R"~("default":{}},"properties":{"type":"object","additionalProperties":{"$ref":"#"},"default":{}},"patternPr)~"
     R"~(operties":{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"},"defau)~"
     R"~(lt":{}},"dependencies":{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definit)~"
     R"~(ions/stringArray"}]}},"propertyNames":{"$ref":"#"},"const":{},"enum":{"type":"array"},"type":{"anyOf":[{)~"
     R"~("$ref":"#/definitions/simpleTypes"},{"type":"array","items":{"$ref":"#/definitions/simpleTypes"},"minIte)~"
     R"~(ms":1,"uniqueItems":true}]},"format":{"type":"string"},"allOf":{"$ref":"#/definitions/schemaArray"},"any)~"
     R"~(Of":{"$ref":"#/definitions/schemaArray"},"oneOf":{"$ref":"#/definitions/schemaArray"},"not":{"$ref":"#"})~"
     R"~(},"default":{}})~"},
    {"http://json-schema.org/draft-07/schema",
     R"~({"$schema":"http://json-schema.org/draft-07/schema#","$id":"http://json-schema.org/draft-07/schema#","ti)~"
     R"~(tle":"Core schema meta-schema","definitions":{"schemaArray":{"type":"array","minItems":1,"items":{"$ref")~"
     R"~(:"#"}},"nonNegativeInteger":{"type":"integer","minimum":0},"nonNegativeIntegerDefault0":{"allOf":[{"$ref)~"
     R"~(":"#/definitions/nonNegativeInteger"},{"default":0}]},"simpleTypes":{"enum":["array","boolean","integer")~"
     R"~(,"null","number","object","string"]},"stringArray":{"type":"array","items":{"type":"string"},"uniqueItem)~"
     R"~(s":true,"default":[]}},"type":["object","boolean"],"properties":{"$id":{"type":"string","format":"uri-re)~"
     R"~(ference"},"$schema":{"type":"string","format":"uri"},"$ref":{"type":"string","format":"uri-reference"},")~"
     R"~($comment":{"type":"string"},"title":{"type":"string"},"description":{"type":"string"},"default":true,"re)~"
     R"~(adOnly":{"type":"boolean","default":false},"examples":{"type":"array","items":true},"multipleOf":{"type")~"
     R"~(:"number","exclusiveMinimum":0},"maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimu)~"
     R"~(m":{"type":"number"},"exclusiveMinimum":{"type":"number"},"maxLength":{"$ref":"#/definitions/nonNegative)~"
     R"~(Integer"},"minLength":{"$ref":"#/definitions/nonNegativeIntegerDefault0"},"pattern":{"type":"string","fo)~"
     R"~(rmat":"regex"},"additionalItems":{"$ref":"#"},"items":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/sche)~"
     R"~(maArray"}],"default":true},"maxItems":{"$ref":"#/definitions/nonNegativeInteger"},"minItems":{"$ref":"#/)~"
     R"~(definitions/nonNegativeIntegerDefault0"},"uniqueItems":{"type":"boolean","default":false},"contains":{"$)~"
     R"~(ref":"#"},"maxProperties":{"$ref":"#/definitions/nonNegativeInteger"},"minProperties":{"$ref":"#/definit)~"
     R"~(ions/nonNegativeIntegerDefault0"},"required":{"$ref":"#/definitions/stringArray"},"additionalProperties")~"
     R"~(:{"$ref":"#"},"definitions":{"type":"object","additionalProperties":{"$ref":"#"},"default":{}},"properti)~"
     R"~(es":{"type":"object","additionalProperties":{"$ref":"#"},"default":{}},"patternProperties":{"type":"obje)~"
     R"~(ct","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"},"default":{}},"dependencies":)~"
     R"~({"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},{"$ref":"#/definitions/stringArray"}]}},")~"
     R"~(propertyNames":{"$ref":"#"},"const":true,"enum":{"type":"array","items":true},"type":{"anyOf":[{"$ref":")~"
     R"~(#/definitions/simpleTypes"},{"type":"array","items":{"$ref":"#/definitions/simpleTypes"},"minItems":1,"u)~"
     R"~(niqueItems":true}]},"format":{"type":"string"},"contentMediaType":{"type":"string"},"contentEncoding":{")~"
     R"~(type":"string"},"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"},"allOf":{"$ref":"#/definitions)~"
     R"~(/schemaArray"},"anyOf":{"$ref":"#/definitions/schemaArray"},"oneOf":{"$ref":"#/definitions/schemaArray"})~"
     R"~(,"not":{"$ref":"#"}},"default":true})~"},
    {"https://json-schema.org/draft/2019-09/meta/applicator",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/applicator","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/applicator":true},"$recursiv)~"
     R"~(eAnchor":true,"title":"Applicator vocabulary meta-schema","type":["object","boolean"],"properties":{"add)~"
     R"~(itionalItems":{"$recursiveRef":"#"},"unevaluatedItems":{"$recursiveRef":"#"},"items":{"anyOf":[{"$recurs)~"
     R"~(iveRef":"#"},{"$ref":"#/$defs/schemaArray"}]},"contains":{"$recursiveRef":"#"},"additionalProperties":{")~"
     R"~($recursiveRef":"#"},"unevaluatedProperties":{"$recursiveRef":"#"},"properties":{"type":"object","additio)~"
     R"~(nalProperties":{"$recursiveRef":"#"},"default":{}},"patternProperties":{"type":"object","additionalPrope)~"
     R"~(rties":{"$recursiveRef":"#"},"propertyNames":{"format":"regex"},"default":{}},"dependentSchemas":{"type")~"
     R"~(:"object","additionalProperties":{"$recursiveRef":"#"}},"propertyNames":{"$recursiveRef":"#"},"if":{"$re)~"
     R"~(cursiveRef":"#"},"then":{"$recursiveRef":"#"},"else":{"$recursiveRef":"#"},"allOf":{"$ref":"#/$defs/sche)~"
     R"~(maArray"},"anyOf":{"$ref":"#/$defs/schemaArray"},"oneOf":{"$ref":"#/$defs/schemaArray"},"not":{"$recursi)~"
     R"~(veRef":"#"}},"$defs":{"schemaArray":{"type":"array","minItems":1,"items":{"$recursiveRef":"#"}}}})~"},
    {"https://json-schema.org/draft/2019-09/meta/content",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/content","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/content":true},"$recursiveAncho)~"
     R"~(r":true,"title":"Content vocabulary meta-schema","type":["object","boolean"],"properties":{"contentMedia)~"
     R"~(Type":{"type":"string"},"contentEncoding":{"type":"string"},"contentSchema":{"$recursiveRef":"#"}}})~"},
    {"https://json-schema.org/draft/2019-09/meta/core",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/core","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/core":true},"$recursiveAnchor":tru)~"
     R"~(e,"title":"Core vocabulary meta-schema","type":["object","boolean"],"properties":{"$id":{"type":"string")~"
     R"~(,"format":"uri-reference","$comment":"Non-empty fragments not allowed.","pattern":"^[^#]*#?$"},"$schema")~"
     R"~(:{"type":"string","format":"uri"},"$anchor":{"type":"string","pattern":"^[A-Za-z][-A-Za-z0-9.:_]*$"},"$r)~"
     R"~(ef":{"type":"string","format":"uri-reference"},"$recursiveRef":{"type":"string","format":"uri-reference")~"
     R"~(},"$recursiveAnchor":{"type":"boolean","default":false},"$vocabulary":{"type":"object","propertyNames":{)~"
     R"~("type":"string","format":"uri"},"additionalProperties":{"type":"boolean"}},"$comment":{"type":"string"},)~"
     R"~("$defs":{"type":"object","additionalProperties":{"$recursiveRef":"#"},"default":{}}}})~"},
    {"https://json-schema.org/draft/2019-09/meta/format",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/format","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/format":true},"$recursiveAnchor")~"
     R"~(:true,"title":"Format vocabulary meta-schema","type":["object","boolean"],"properties":{"format":{"type")~"
     R"~(:"string"}}})~"},
    {"https://json-schema.org/draft/2019-09/meta/meta-data",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/meta-data","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/meta-data":true},"$recursiveA)~"
     R"~(nchor":true,"title":"Meta-data vocabulary meta-schema","type":["object","boolean"],"properties":{"title")~"
     R"~(:{"type":"string"},"description":{"type":"string"},"default":true,"deprecated":{"type":"boolean","defaul)~"
     R"~(t":false},"readOnly":{"type":"boolean","default":false},"writeOnly":{"type":"boolean","default":false},")~"
     R"~(examples":{"type":"array","items":true}}})~"},
    {"https://json-schema.org/draft/2019-09/meta/validation",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/m)~"
     R"~(eta/validation","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/validation":true},"$recursiv)~"
     R"~(eAnchor":true,"title":"Validation vocabulary meta-schema","type":["object","boolean"],"properties":{"mul)~"
     R"~(tipleOf":{"type":"number","exclusiveMinimum":0},"maximum":{"type":"number"},"exclusiveMaximum":{"type":")~"
     R"~(number"},"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},"maxLength":{"$ref":"#/$defs/n)~"
     R"~(onNegativeInteger"},"minLength":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},"pattern":{"type":"string")~"
     R"~(,"format":"regex"},"maxItems":{"$ref":"#/$defs/nonNegativeInteger"},"minItems":{"$ref":"#/$defs/nonNegat)~"
     R"~(iveIntegerDefault0"},"uniqueItems":{"type":"boolean","default":false},"maxContains":{"$ref":"#/$defs/non)~"
     R"~(NegativeInteger"},"minContains":{"$ref":"#/$defs/nonNegativeInteger","default":1},"maxProperties":{"$ref)~"
     R"~(":"#/$defs/nonNegativeInteger"},"minProperties":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},"required")~"
     R"~(:{"$ref":"#/$defs/stringArray"},"dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$)~"
     R"~(defs/stringArray"}},"const":true,"enum":{"type":"array","items":true},"type":{"anyOf":[{"$ref":"#/$defs/)~"
     R"~(simpleTypes"},{"type":"array","items":{"$ref":"#/$defs/simpleTypes"},"minItems":1,"uniqueItems":true}]}})~"
     R"~(,"$defs":{"nonNegativeInteger":{"type":"integer","minimum":0},"nonNegativeIntegerDefault0":{"$ref":"#/$d)~"
     R"~(efs/nonNegativeInteger","default":0},"simpleTypes":{"enum":["array","boolean","integer","null","number",)~"
     R"~("object","string"]},"stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true,"default")~"
     R"~(:[]}}})~"},
    {"https://json-schema.org/draft/2019-09/schema",
     R"~({"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://json-schema.org/draft/2019-09/s)~"
     R"~(chema","$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/core":true,"https://json-schema.org/d)~"
     R"~(raft/2019-09/vocab/applicator":true,"https://json-schema.org/draft/2019-09/vocab/validation":true,"https)~"
     R"~(://json-schema.org/draft/2019-09/vocab/meta-data":true,"https://json-schema.org/draft/2019-09/vocab/form)~"
     R"~(at":false,"https://json-schema.org/draft/2019-09/vocab/content":true},"$recursiveAnchor":true,"title":"C)~"
     R"~(ore and Validation specifications meta-schema","allOf":[{"$ref":"meta/core"},{"$ref":"meta/applicator"},)~"
     R"~({"$ref":"meta/validation"},{"$ref":"meta/meta-data"},{"$ref":"meta/format"},{"$ref":"meta/content"}],"ty)~"
     R"~(pe":["object","boolean"],"properties":{"definitions":{"$comment":"While no longer an official keyword as)~"
     R"~( it is replaced by $defs, this keyword is retained in the meta-schema to prevent incompatible extensions)~"
     R"~( as it remains in common use.","type":"object","additionalProperties":{"$recursiveRef":"#"},"default":{})~"
     R"~(},"dependencies":{"$comment":"\"dependencies\" is no longer a keyword, but schema authors should avoid r)~"
     R"~(edefining it to facilitate a smooth transition to \"dependentSchemas\" and \"dependentRequired\"","type")~"
     R"~(:"object","additionalProperties":{"anyOf":[{"$recursiveRef":"#"},{"$ref":"meta/validation#/$defs/stringA)~"
     R"~(rray"}]}}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/applicator",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/applicator","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/applicator":true},"$dynamicA)~"
     R"~(nchor":"meta","title":"Applicator vocabulary meta-schema","type":["object","boolean"],"properties":{"pre)~"
     R"~(fixItems":{"$ref":"#/$defs/schemaArray"},"items":{"$dynamicRef":"#meta"},"contains":{"$dynamicRef":"#met)~"
     R"~(a"},"additionalProperties":{"$dynamicRef":"#meta"},"properties":{"type":"object","additionalProperties":)~"
     R"~({"$dynamicRef":"#meta"},"default":{}},"patternProperties":{"type":"object","additionalProperties":{"$dyn)~"
     R"~(amicRef":"#meta"},"propertyNames":{"format":"regex"},"default":{}},"dependentSchemas":{"type":"object",")~"
     R"~(additionalProperties":{"$dynamicRef":"#meta"},"default":{}},"propertyNames":{"$dynamicRef":"#meta"},"if")~"
     R"~(:{"$dynamicRef":"#meta"},"then":{"$dynamicRef":"#meta"},"else":{"$dynamicRef":"#meta"},"allOf":{"$ref":")~"
     R"~(#/$defs/schemaArray"},"anyOf":{"$ref":"#/$defs/schemaArray"},"oneOf":{"$ref":"#/$defs/schemaArray"},"not)~"
     R"~(":{"$dynamicRef":"#meta"}},"$defs":{"schemaArray":{"type":"array","minItems":1,"items":{"$dynamicRef":"#)~"
     R"~(meta"}}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/content",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/content","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/content":true},"$dynamicAnchor")~"
     R"~(:"meta","title":"Content vocabulary meta-schema","type":["object","boolean"],"properties":{"contentEncod)~"
     R"~(ing":{"type":"string"},"contentMediaType":{"type":"string"},"contentSchema":{"$dynamicRef":"#meta"}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/core",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/core","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true},"$dynamicAnchor":"meta)~"
     R"~(","title":"Core vocabulary meta-schema","type":["object","boolean"],"properties":{"$id":{"$ref":"#/$defs)~"
     R"~(/uriReferenceString","$comment":"Non-empty fragments not allowed.","pattern":"^[^#]*#?$"},"$schema":{"$r)~"
     R"~(ef":"#/$defs/uriString"},"$ref":{"$ref":"#/$defs/uriReferenceString"},"$anchor":{"$ref":"#/$defs/anchorS)~"
     R"~(tring"},"$dynamicRef":{"$ref":"#/$defs/uriReferenceString"},"$dynamicAnchor":{"$ref":"#/$defs/anchorStri)~"
     R"~(ng"},"$vocabulary":{"type":"object","propertyNames":{"$ref":"#/$defs/uriString"},"additionalProperties":)~"
     R"~({"type":"boolean"}},"$comment":{"type":"string"},"$defs":{"type":"object","additionalProperties":{"$dyna)~"
     R"~(micRef":"#meta"}}},"$defs":{"anchorString":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"},"uri)~"
     R"~(String":{"type":"string","format":"uri"},"uriReferenceString":{"type":"string","format":"uri-reference"})~"
     R"~(}})~"},
    {"https://json-schema.org/draft/2020-12/meta/format-annotation",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/format-annotation","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/format-annotation":tr)~"
     R"~(ue},"$dynamicAnchor":"meta","title":"Format vocabulary meta-schema for annotation results","type":["obje)~"
     R"~(ct","boolean"],"properties":{"format":{"type":"string"}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/format-assertion",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/format-assertion","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/format-assertion":true)~"
     R"~(},"$dynamicAnchor":"meta","title":"Format vocabulary meta-schema for assertion results","type":["object")~"
     R"~(,"boolean"],"properties":{"format":{"type":"string"}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/meta-data",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/meta-data","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/meta-data":true},"$dynamicAnc)~"
     R"~(hor":"meta","title":"Meta-data vocabulary meta-schema","type":["object","boolean"],"properties":{"title")~"
     R"~(:{"type":"string"},"description":{"type":"string"},"default":true,"deprecated":{"type":"boolean","defaul)~"
     R"~(t":false},"readOnly":{"type":"boolean","default":false},"writeOnly":{"type":"boolean","default":false},")~"
     R"~(examples":{"type":"array","items":true}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/unevaluated",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/unevaluated","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/unevaluated":true},"$dynami)~"
     R"~(cAnchor":"meta","title":"Unevaluated applicator vocabulary meta-schema","type":["object","boolean"],"pro)~"
     R"~(perties":{"unevaluatedItems":{"$dynamicRef":"#meta"},"unevaluatedProperties":{"$dynamicRef":"#meta"}}})~"},
    {"https://json-schema.org/draft/2020-12/meta/validation",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/m)~"
     R"~(eta/validation","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/validation":true},"$dynamicA)~"
     R"~(nchor":"meta","title":"Validation vocabulary meta-schema","type":["object","boolean"],"properties":{"typ)~"
     R"~(e":{"anyOf":[{"$ref":"#/$defs/simpleTypes"},{"type":"array","items":{"$ref":"#/$defs/simpleTypes"},"minI)~"
     R"~(tems":1,"uniqueItems":true}]},"const":true,"enum":{"type":"array","items":true},"multipleOf":{"type":"nu)~"
     R"~(mber","exclusiveMinimum":0},"maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},"minimum":{)~"
     R"~("type":"number"},"exclusiveMinimum":{"type":"number"},"maxLength":{"$ref":"#/$defs/nonNegativeInteger"},)~"
     R"~("minLength":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},"pattern":{"type":"string","format":"regex"},")~"
     R"~(maxItems":{"$ref":"#/$defs/nonNegativeInteger"},"minItems":{"$ref":"#/$defs/nonNegativeIntegerDefault0"})~"
     R"~(,"uniqueItems":{"type":"boolean","default":false},"maxContains":{"$ref":"#/$defs/nonNegativeInteger"},"m)~"
     R"~(inContains":{"$ref":"#/$defs/nonNegativeInteger","default":1},"maxProperties":{"$ref":"#/$defs/nonNegati)~"
     R"~(veInteger"},"minProperties":{"$ref":"#/$defs/nonNegativeIntegerDefault0"},"required":{"$ref":"#/$defs/st)~"
     R"~(ringArray"},"dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/stringArray"}}})~"
     R"~(,"$defs":{"nonNegativeInteger":{"type":"integer","minimum":0},"nonNegativeIntegerDefault0":{"$ref":"#/$d)~"
     R"~(efs/nonNegativeInteger","default":0},"simpleTypes":{"enum":["array","boolean","integer","null","number",)~"
     R"~("object","string"]},"stringArray":{"type":"array","items":{"type":"string"},"uniqueItems":true,"default")~"
     R"~(:[]}}})~"},
    {"https://json-schema.org/draft/2020-12/schema",
     R"~({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://json-schema.org/draft/2020-12/s)~"
     R"~(chema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/d)~"
     R"~(raft/2020-12/vocab/applicator":true,"https://json-schema.org/draft/2020-12/vocab/unevaluated":true,"http)~"
     R"~(s://json-schema.org/draft/2020-12/vocab/validation":true,"https://json-schema.org/draft/2020-12/vocab/me)~"
     R"~(ta-data":true,"https://json-schema.org/draft/2020-12/vocab/format-annotation":true,"https://json-schema.)~"
     R"~(org/draft/2020-12/vocab/content":true},"$dynamicAnchor":"meta","title":"Core and Validation specificatio)~"
     R"~(ns meta-schema","allOf":[{"$ref":"meta/core"},{"$ref":"meta/applicator"},{"$ref":"meta/unevaluated"},{"$)~"
     R"~(ref":"meta/validation"},{"$ref":"meta/meta-data"},{"$ref":"meta/format-annotation"},{"$ref":"meta/conten)~"
     R"~(t"}],"type":["object","boolean"],"$comment":"This meta-schema also defines keywords that have appeared i)~"
     R"~(n previous drafts in order to prevent incompatible extensions as they remain in common use.","properties)~"
     R"~(":{"definitions":{"$comment":"\"definitions\" has been replaced by \"$defs\".","type":"object","addition)~"
     R"~(alProperties":{"$dynamicRef":"#meta"},"deprecated":true,"default":{}},"dependencies":{"$comment":"\"depe)~"
     R"~(ndencies\" has been split and replaced by \"dependentSchemas\" and \"dependentRequired\" in order to ser)~"
     R"~(ve their differing semantics.","type":"object","additionalProperties":{"anyOf":[{"$dynamicRef":"#meta"},)~"
     R"~({"$ref":"meta/validation#/$defs/stringArray"}]},"deprecated":true,"default":{}},"$recursiveAnchor":{"$co)~"
     R"~(mment":"\"$recursiveAnchor\" has been replaced by \"$dynamicAnchor\".","$ref":"meta/core#/$defs/anchorSt)~"
     R"~(ring","deprecated":true},"$recursiveRef":{"$comment":"\"$recursiveRef\" has been replaced by \"$dynamicR)~"
     R"~(ef\".","$ref":"meta/core#/$defs/uriReferenceString","deprecated":true}}})~"},
}};

} // namespace

std::string_view metaschemaText(std::string_view uri) {
    for (const Metaschema& metaschema : kMetaschemas) {
        if (metaschema.uri == uri) {
            return metaschema.text;
        }
    }
    return {};
}

} // namespace meshbone::catalog::jsonschema
