using System.Text;

namespace Telemetry.Collector.Quotas.Model;

/// <summary>The names of the resources that there are, in the order of the configuration. Immutable.</summary>
internal sealed class KnownResources(IEnumerable<string> names)
{
    private readonly string[] _names = [.. names];

    public IReadOnlyList<string> Names => _names;

    /// <summary>The names as a sentence has them.</summary>
    public string Listed => string.Join(", ", _names);

    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The name, as an object that is always the same; null where there is no such resource.</summary>
    public string? Find(ReadOnlySpan<char> name)
    {
        foreach (var known in _names)
        {
            if (name.SequenceEqual(known))
                return known;
        }

        return null;
    }

    /// <summary>The same, of a name in UTF-8.</summary>
    public string? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (var known in _names)
        {
            if (Ascii.Equals(utf8, known))
                return known;
        }

        return null;
    }
}
