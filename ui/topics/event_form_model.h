// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/event_form.h>

#include <QAbstractItemModel>
#include <QStringList>

#include <memory>

namespace meshbone::ui {

/// An event as a form: the places that its schema has, with what a JSON value holds there. An edit changes the value at
/// its place and nowhere else: what the schema doesn't know stays in it, and so do the order of members and the digits
/// of numbers. What is typed is kept even where it doesn't fit; ProblemRole says why it doesn't.
class EventFormModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column : int { Name, Value, Type, ColumnCount };
    enum Role : int {
        ChoicesRole = Qt::UserRole + 1, ///< QStringList: what can be chosen; empty: it is typed
        ProblemRole,                    ///< QString: why it doesn't fit; empty: it does
    };
    explicit EventFormModel(QObject* parent = nullptr);
    ~EventFormModel() override;

    void setForm(catalog::EventFormPtr form, catalog::JsonTree value);
    void setValue(catalog::JsonTree value); ///< of the same form
    [[nodiscard]] const catalog::JsonTree& value() const { return m_value; }

    [[nodiscard]] bool isSet(const QModelIndex& index) const;  ///< the event has a value there
    [[nodiscard]] bool canSet(const QModelIndex& index) const; ///< it has none, and may have one
    [[nodiscard]] bool canAddItem(const QModelIndex& index) const;
    [[nodiscard]] bool canRemove(const QModelIndex& index) const;
    void set(const QModelIndex& index); ///< to an empty value
    void addItem(const QModelIndex& index);
    void remove(const QModelIndex& index);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void edited(); ///< the value is another one, by an edit here

private:
    struct Node;
    using Tree = catalog::JsonTree;
    [[nodiscard]] Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] Tree* valueOf(const Node& node) const;
    [[nodiscard]] Tree* insideOf(const Node& node) const;
    [[nodiscard]] const catalog::FormType* typeOf(const Node& node) const;
    [[nodiscard]] const catalog::FormType* typedType(const Node& node) const;
    [[nodiscard]] QString problemOf(const Node& node) const;
    [[nodiscard]] QString valueText(const Node& node) const;
    [[nodiscard]] QStringList choicesOf(const Node& node, int column) const;
    void fill(Node& node) const;
    void put(Node& node, Tree value);
    void reshape(const std::function<void()>& change);
    bool rename(const Node& node, const std::string& name);
    bool chooseBranch(Node& node, const QString& words);
    bool type(Node& node, const QString& text);

    catalog::EventFormPtr m_form;
    mutable Tree m_value;
    std::unique_ptr<Node> m_root;
};

} // namespace meshbone::ui
