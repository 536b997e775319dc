<#-- Productions that the configuration beside this folder refers to. -->

/** "::" binds tighter than any other operator: to the last operand read, not to all before it. */
void CastOfLastOperand(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlNode type;
}
{
    <INFIX_CAST> { s.clear().add(this); checkNonQueryExpression(exprContext); }
    (
        type = DataType()
    |
        <INTERVAL> { type = IntervalWithoutQualifier(); }
    )
    { InfixOperators.castLastOperand(list, type, s.end(this)); }
}

/** timestamp AT TIME ZONE zone; aggregate(metric) AT (change, ...). */
void AtTimeZoneOrContext(List<Object> list, ExprContext exprContext, Span s) :
{
    final List<SqlNode> changes = new ArrayList<SqlNode>();
    SqlNode change;
    SqlNode filter = null;
}
{
    <AT> { s.clear().add(this); checkNonQueryExpression(exprContext); }
    (
        <TIME> <ZONE>
        { list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.AT_TIME_ZONE, s.pos())); }
        AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
    |
        <LPAREN>
        change = ContextChange() { changes.add(change); }
        ( <COMMA> change = ContextChange() { changes.add(change); } )*
        <RPAREN>
        [
            LOOKAHEAD(2)
            <FILTER> <LPAREN> <WHERE>
            filter = Expression(ExprContext.ACCEPT_SUB_QUERY)
            <RPAREN>
        ]
        { ContextOperators.changeLastOperand(list, changes, filter, s.end(this)); }
    )
}

/** What AT changes: another time, fewer dimensions, another value of one, an earlier knowledge. */
SqlNode ContextChange() :
{
    final Span s;
    SqlNode value = null;
    SqlNode count = null;
    final List<SqlNode> names = new ArrayList<SqlNode>();
    SqlNode name;
}
{
    <ALL> { s = span(); }
    [
        name = CompoundIdentifier() { names.add(name); }
        (
            LOOKAHEAD({ ContextOperators.isDimension(getToken(1), getToken(2), getToken(3)) })
            <COMMA> name = CompoundIdentifier() { names.add(name); }
        )*
    ]
    { return ContextOperators.ALL.createCall(s.end(this), names); }
|
    <ON> { s = span(); }
    value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return ContextOperators.ON.createCall(s.end(this), value); }
|
    LOOKAHEAD({ ContextOperators.begins("PREVIOUS", getToken(1), getToken(2)) })
    name = SimpleIdentifier() { s = span(); names.add(name); }
    [ count = UnsignedNumericLiteral() ]
    name = SimpleIdentifier()
    { return ContextOperators.previous(count, name, s.end(this)); }
|
    LOOKAHEAD({ ContextOperators.begins("SAME", getToken(1), getToken(2)) })
    name = SimpleIdentifier() { s = span(); }
    name = SimpleIdentifier() { names.add(name); }
    name = SimpleIdentifier() { names.add(name); }
    name = SimpleIdentifier() { names.add(name); }
    { return ContextOperators.lastYear(names, s.end(this)); }
|
    LOOKAHEAD({ ContextOperators.begins("KNOWN", getToken(1), getToken(2)) })
    name = SimpleIdentifier() { s = span(); }
    value = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return ContextOperators.KNOWN.createCall(s.end(this), value); }
|
    name = CompoundIdentifier() { s = span(); }
    [ <EQ> value = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    { return ContextOperators.instead(name, value, s.end(this)); }
}

/** Operators of PostgreSQL that take an operand on each side. */
void InfixOperator(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <ARROW> { op = InfixOperators.ARROW; }
    |   <ARROW_TEXT> { op = InfixOperators.ARROW_TEXT; }
    |   <PATH_ARROW> { op = InfixOperators.PATH_ARROW; }
    |   <PATH_ARROW_TEXT> { op = InfixOperators.PATH_ARROW_TEXT; }
    |   <CONTAINS_RIGHT> { op = InfixOperators.CONTAINS; }
    |   <CONTAINED_IN> { op = InfixOperators.CONTAINED_IN; }
    |   <JOINED> { op = InfixOperators.JOINED; }
    |   <RAISED_TO> { op = InfixOperators.RAISED_TO; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** INTERVAL '1 month 3 days': a text that carries its own units. */
SqlNode IntervalText() :
{
    final Span s;
    final String text;
}
{
    <INTERVAL_TEXT> { s = span(); }
    text = SimpleStringLiteral()
    { return InfixOperators.interval(text, s.end(this)); }
}
