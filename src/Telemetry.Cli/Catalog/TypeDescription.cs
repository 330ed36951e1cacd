namespace Telemetry.Cli.Catalog;

/// <summary>The type of a field.</summary>
/// <param name="Kind">The generator's <c>FieldKind</c> in snake_case.</param>
/// <param name="Signature">As <c>Events.Shipped.txt</c> records it.</param>
/// <param name="Optional">Whether it may be null: a field is then left out, an element of a list is null.</param>
/// <param name="Values">The values of an enum.</param>
/// <param name="Payload">The C# type of a payload, as XML documentation names it.</param>
/// <param name="Fields">The fields of a payload.</param>
/// <param name="Element">The type of a list's elements.</param>
internal sealed record TypeDescription(
    string Kind,
    string Signature,
    bool Optional = false,
    IReadOnlyList<string>? Values = null,
    string? Payload = null,
    IReadOnlyList<FieldDescription>? Fields = null,
    TypeDescription? Element = null);
