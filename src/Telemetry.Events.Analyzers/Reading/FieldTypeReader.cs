using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Telemetry.Events.Analyzers.Model;
using Telemetry.Events.Analyzers.Naming;

namespace Telemetry.Events.Analyzers.Reading;

/// <summary>Tells how a member's type is written, or why it cannot be.</summary>
internal sealed class FieldTypeReader
{
    private const string Supported =
        "use string, bool, a number, Guid, DateTimeOffset, TimeSpan, Uri, an enum, JsonElement, a type marked [EventPayload], or a list of one of these";

    // The payloads that enclose this one: a payload within itself has no end.
    private readonly ImmutableHashSet<ITypeSymbol> _enclosing;

    public FieldTypeReader()
        : this(ImmutableHashSet.Create<ITypeSymbol>(SymbolEqualityComparer.Default))
    {
    }

    private FieldTypeReader(ImmutableHashSet<ITypeSymbol> enclosing) => _enclosing = enclosing;

    /// <summary>A reader for the members of a payload.</summary>
    public FieldTypeReader Within(ITypeSymbol payload) => new(_enclosing.Add(payload));

    /// <param name="type">The member's type.</param>
    /// <param name="reason">What to do instead, where the result is null.</param>
    public FieldType? Read(ITypeSymbol type, out string reason)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return ReadNotNull(nullable.TypeArguments[0], out reason) is { } inner ? inner with { IsNullable = true, MayBeNull = true } : null;
        var isNullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return ReadNotNull(type, out reason) is { } read ? read with { IsNullable = isNullable, MayBeNull = type.IsReferenceType } : null;
    }

    private FieldType? ReadNotNull(ITypeSymbol type, out string reason)
    {
        reason = Supported;
        if (ScalarKind(type) is { } scalar)
            return new FieldType(scalar, IsNullable: false);
        if (type.TypeKind == TypeKind.Enum)
            return ReadEnum((INamedTypeSymbol)type, out reason);
        if (ElementType(type) is { } element)
            return ReadList(element, out reason);
        return type is INamedTypeSymbol named && named.FindAttribute(KnownNames.EventPayload) is not null
            ? ReadPayload(named, out reason)
            : null;
    }

    private FieldType? ReadList(ITypeSymbol element, out string reason)
    {
        if (Read(element, out reason) is not { } read)
            return null;
        if (read.Kind != FieldKind.List)
            return new FieldType(FieldKind.List, IsNullable: false) { Element = read };
        reason = "a list of lists is not supported; make the inner one a type marked [EventPayload]";
        return null;
    }

    private FieldType? ReadPayload(INamedTypeSymbol type, out string reason)
    {
        reason = "a payload cannot contain itself";
        return _enclosing.Contains(type)
            ? null
            : new FieldType(FieldKind.Payload, IsNullable: false)
            {
                // As the XML documentation names it, without its "T:".
                TypeName = type.GetDocumentationCommentId()!.Substring(2),
                Fields = new(FieldReader.Read(type, Within(type))),
            };
    }

    private static FieldType? ReadEnum(INamedTypeSymbol type, out string reason)
    {
        reason = "a [Flags] enum has values without a name; use a list of an enum";
        if (type.FindAttribute("System.FlagsAttribute") is not null)
            return null;
        var values = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue)
            .GroupBy(field => field.ConstantValue)
            .Select(same => new EnumValue(
                same.First().Identifier(), same.First().FindAttribute(KnownNames.EventField)?.Text() ?? SnakeCase.From(same.First().Name)))
            .ToList();
        if (values.FirstOrDefault(value => !SnakeCase.IsFieldName(value.WireName)) is { } bad)
            reason = $"its value {bad.Member} would be named '{bad.WireName}'; name it by [EventField] as [a-z][a-z0-9_]*";
        else if (values.GroupBy(value => value.WireName).FirstOrDefault(same => same.Count() > 1) is { } twice)
            reason = $"two of its values are named '{twice.Key}'";
        else
            return new FieldType(FieldKind.Enum, IsNullable: false)
            {
                TypeName = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                EnumValues = new(values),
            };
        return null;
    }

    private static FieldKind? ScalarKind(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => FieldKind.String,
        SpecialType.System_Boolean => FieldKind.Boolean,
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 => FieldKind.Integer,
        SpecialType.System_UInt64 => FieldKind.UnsignedLong,
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => FieldKind.Number,
        SpecialType.System_DateTime => FieldKind.DateTime,
        _ => type.OriginalDefinition.ToDisplayString() switch
        {
            "System.Guid" => FieldKind.Guid,
            "System.DateTimeOffset" => FieldKind.DateTimeOffset,
            "System.TimeSpan" => FieldKind.TimeSpan,
            "System.Uri" => FieldKind.Uri,
            "System.Text.Json.JsonElement" => FieldKind.Json,
            _ => null,
        },
    };

    private static ITypeSymbol? ElementType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { OriginalDefinition.SpecialType:
            SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_ICollection_T
            or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T } list => list.TypeArguments[0],
        INamedTypeSymbol { Name: "List", Arity: 1 } list
            when list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" => list.TypeArguments[0],
        _ => null,
    };
}
