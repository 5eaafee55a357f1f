// SPDX-License-Identifier: Apache-2.0
#include "message/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace meshbone::ui {

namespace {

using Kind = catalog::JsonTree::Kind;

void appendIndented(std::string& out, const catalog::JsonTree& tree, std::size_t depth) {
    constexpr std::size_t kStep = 4;
    const auto newLine = [&](std::size_t at) { out.append(1, '\n').append(at * kStep, ' '); };
    const bool isObject = tree.is(Kind::Object);
    const auto count = isObject ? tree.members.size() : tree.items.size();
    if ((!isObject && !tree.is(Kind::Array)) || count == 0) {
        tree.appendTo(out);
        return;
    }
    out += isObject ? '{' : '[';
    for (std::size_t i = 0; i < count; ++i) {
        out += i > 0 ? "," : "";
        newLine(depth + 1);
        if (isObject) {
            catalog::appendJsonString(out, tree.members[i].first);
            out += ": ";
        }
        appendIndented(out, isObject ? tree.members[i].second : tree.items[i], depth + 1);
    }
    newLine(depth);
    out += isObject ? '}' : ']';
}

} // namespace

QString indentedJson(const catalog::JsonTree& tree) {
    std::string out;
    appendIndented(out, tree, 0);
    out += '\n';
    return QString::fromStdString(out);
}

catalog::JsonTree treeOf(const QJsonValue& value) {
    catalog::JsonTree tree;
    switch (value.type()) {
    case QJsonValue::Bool:
        tree.kind = value.toBool() ? Kind::True : Kind::False;
        break;
    case QJsonValue::Double: {
        tree.kind = Kind::Number;
        const double number = value.toDouble();
        const auto whole = value.toInteger();
        tree.text = (static_cast<double>(whole) == number ? QString::number(whole) : QString::number(number, 'g', 15))
                        .toStdString();
        break;
    }
    case QJsonValue::String:
        tree.kind = Kind::String;
        tree.text = value.toString().toStdString();
        break;
    case QJsonValue::Array:
        tree.kind = Kind::Array;
        for (const auto& item : value.toArray()) {
            tree.items.push_back(treeOf(item));
        }
        break;
    case QJsonValue::Object: {
        tree.kind = Kind::Object;
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            tree.members.emplace_back(it.key().toStdString(), treeOf(it.value()));
        }
        break;
    }
    default:
        break;
    }
    return tree;
}

} // namespace meshbone::ui
