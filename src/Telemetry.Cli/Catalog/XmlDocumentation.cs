using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Telemetry.Cli.Catalog;

/// <summary>The XML documentation of an assembly, as one line of plain text for each type and member.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(Dictionary<string, XElement> members) => _members = members;

    /// <summary>The file of the assembly's name beside it; empty where there is none that can be read.</summary>
    public static XmlDocumentation Beside(string assembly)
    {
        var members = new Dictionary<string, XElement>(StringComparer.Ordinal);
        var file = Path.ChangeExtension(assembly, ".xml");
        if (File.Exists(file))
        {
            try
            {
                foreach (var member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
                    members.TryAdd((string?)member.Attribute("name") ?? "", member);
            }
            catch (XmlException)
            {
                // Not documentation, for all that it is named so: the export goes without.
            }
        }

        return new XmlDocumentation(members);
    }

    public string? OfType(string type) => Line(Find("T:" + type)?.Element("summary"));

    /// <summary>What a record's <c>param</c> says, else the property's own summary.</summary>
    public string? OfMember(string type, string member) =>
        Line(Find("T:" + type)?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == member))
        ?? Line(Find($"P:{type}.{member}")?.Element("summary"));

    private XElement? Find(string id) => _members.GetValueOrDefault(id);

    private static string? Line(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        Append(text, element);
        var line = Whitespace().Replace(text.ToString(), " ").Trim();
        return line.Length == 0 ? null : line;
    }

    private static void Append(StringBuilder text, XElement element)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement { Name.LocalName: "c" or "code" } code)
                text.Append('`').Append(code.Value).Append('`');
            else if (node is XElement child && Reference(child) is { } name && !child.Nodes().Any())
                text.Append('`').Append(name).Append('`');
            else if (node is XElement other)
                Append(text, other);
        }
    }

    // cref="T:Some.Namespace.Name" and the like: the last part is what a reader knows.
    private static string? Reference(XElement element) =>
        (string?)element.Attribute("langword") ?? (string?)element.Attribute("name") ??
        ((string?)element.Attribute("cref"))?.Split('(')[0].Split('.', ':')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
