namespace Telemetry.Cli.Catalog;

/// <summary>An event as the source generator has described it in the assembly's metadata.</summary>
/// <param name="Type">The C# type, as XML documentation names it.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Delivery">Its delivery class in snake_case.</param>
/// <param name="Fields">The data, in the order written.</param>
/// <param name="Subject">Null where no member is marked.</param>
/// <param name="Key">Null where no member is marked: the key is then the subject.</param>
internal sealed record EventDescription(
    string Type,
    string Name,
    string Topic,
    string Delivery,
    IReadOnlyList<FieldDescription> Fields,
    MarkedMember? Subject = null,
    MarkedMember? Key = null)
{
    /// <summary>The member that gives the record's key.</summary>
    public MarkedMember? KeyOrSubject => Key ?? Subject;
}
