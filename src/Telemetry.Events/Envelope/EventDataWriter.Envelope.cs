using System.Runtime.CompilerServices;
using Telemetry.Events.Envelope;

namespace Telemetry.Events;

/// <content>What the envelope around the data is written with.</content>
public ref partial struct EventDataWriter
{
    /// <summary>Writes bytes that are JSON already, without a comma before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteRaw(scoped ReadOnlySpan<byte> json)
    {
        Ensure(json.Length);
        json.CopyTo(_bytes[_position..]);
        _position += json.Length;
    }

    /// <summary>Opens the data, the envelope's last member.</summary>
    internal void BeginData() => WriteRaw(",\"data\":{"u8);

    /// <summary>Closes the data and the envelope.</summary>
    internal void EndData()
    {
        Close((byte)'}');
        _bytes[_position - 1] = (byte)'}';
    }

    /// <summary>Writes a string attribute, cleaned as <see cref="AttributeText"/> says.</summary>
    /// <param name="member">Comma, name and colon.</param>
    /// <param name="text">The attribute.</param>
    internal void WriteAttribute(scoped ReadOnlySpan<byte> member, string text)
    {
        WriteRaw(member);
        WriteRaw("\""u8);
        WriteAttributeText(text);
        WriteRaw("\""u8);
    }

    /// <inheritdoc cref="WriteAttribute(ReadOnlySpan{byte}, string)"/>
    internal void WriteAttribute(scoped ReadOnlySpan<byte> member, Guid value)
    {
        WriteRaw(member);
        Ensure(EventIdGenerator.TextLength + MemberOverhead);
        PutQuoted(value, _position);
        // Attributes have their comma before them.
        _position--;
    }

    /// <summary>Writes a service's own attribute.</summary>
    /// <param name="name">Lower-case letters and digits, as <see cref="AttributeNames"/> has checked.</param>
    /// <param name="text">The attribute; cleaned here.</param>
    internal void WriteExtension(string name, string text)
    {
        Span<byte> member = stackalloc byte[AttributeNames.MaxLength + 4];
        ",\""u8.CopyTo(member);
        JsonText.TryWritePlain(name, member[2..]);
        "\":"u8.CopyTo(member[(name.Length + 2)..]);
        WriteAttribute(member[..(name.Length + 4)], text);
    }

    /// <summary>Looks at the buffer again: a copy of this writer may have made it grow.</summary>
    internal void Rebase() => _bytes = _scratch.Bytes;

    /// <summary>Writes an attribute's text, cleaned and escaped, without quotation marks.</summary>
    /// <returns>How many bytes were added only because JSON asks for an escape.</returns>
    internal int WriteAttributeText(string text)
    {
        Ensure(text.Length);
        if (JsonText.TryWritePlain(text, _bytes[_position..]))
        {
            _position += text.Length;
            return 0;
        }

        var clean = AttributeText.Clean(text);
        Ensure(clean.Length * JsonText.MaxEscapedBytesPerChar);
        _position += JsonText.WriteEscaped(clean, _bytes[_position..]);
        // Of what has to be escaped, an attribute may hold these two only.
        return clean.AsSpan().Count('"') + clean.AsSpan().Count('\\');
    }
}
