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

void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <AT> { s.clear().add(this); checkNonQueryExpression(exprContext); }
    <TIME> <ZONE>
    { list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.AT_TIME_ZONE, s.pos())); }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
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
