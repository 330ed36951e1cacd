using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Telemetry.Events.Envelope;

namespace Telemetry.Events;

/// <content>
/// What the source generator calls: the name comes as JSON, quotation marks and colon included, so that it is checked when the program
/// is built and copied in one go. These methods are inlined for that: the copy of a constant is then two or three instructions.
/// </content>
public ref partial struct EventDataWriter
{
    /// <summary>Writes a string under a name that is JSON already, or nothing for null. For generated code.</summary>
    /// <param name="member">Name and colon, such as <c>"task_id":</c>. Not checked.</param>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEncodedString(scoped ReadOnlySpan<byte> member, string? value)
    {
        if (value is null)
            return;
        Ensure(member.Length + value.Length + MemberOverhead);
        var bytes = _bytes[_position..];
        member.CopyTo(bytes);
        var start = _position + member.Length;
        if (!JsonText.TryWriteQuoted(value, bytes[member.Length..]))
        {
            PutUnusualText(value, start);
            return;
        }

        if (ReferenceEquals(value, _subject))
            SubjectStart = start + 1;
        _position = start + value.Length + 3;
    }

    /// <summary>Writes a UUID under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEncodedString(scoped ReadOnlySpan<byte> member, Guid value) =>
        PutQuoted(value, PutMember(member, EventIdGenerator.TextLength));

    /// <summary>Writes a moment under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEncodedString(scoped ReadOnlySpan<byte> member, DateTimeOffset value) =>
        PutQuoted(value, PutMember(member, TimestampFormatter.TextLength));

    /// <summary>Writes an integer under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEncodedNumber(scoped ReadOnlySpan<byte> member, long value) =>
        PutFormatted(value, PutMember(member, MaxNumberLength));

    /// <summary>Writes a number under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    /// <exception cref="ArgumentException">The value is not finite; JSON has no such number.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedNumber(scoped ReadOnlySpan<byte> member, double value)
    {
        ThrowUnlessFinite(double.IsFinite(value), value);
        PutFormatted(value, PutMember(member, MaxNumberLength));
    }

    /// <inheritdoc cref="WriteEncodedNumber(ReadOnlySpan{byte}, double)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedNumber(scoped ReadOnlySpan<byte> member, float value)
    {
        ThrowUnlessFinite(float.IsFinite(value), value);
        PutFormatted(value, PutMember(member, MaxNumberLength));
    }

    /// <summary>Writes a decimal number under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedNumber(scoped ReadOnlySpan<byte> member, decimal value) =>
        PutFormatted(value, PutMember(member, MaxNumberLength));

    /// <summary>Writes true or false under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedBoolean(scoped ReadOnlySpan<byte> member, bool value)
    {
        _position = PutMember(member, 0);
        WriteBooleanValue(value);
    }

    /// <summary>Writes any JSON value under a name that is JSON already, or nothing for an undefined one. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedString(ReadOnlySpan{byte}, string)" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedJson(scoped ReadOnlySpan<byte> member, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return;
        _position = PutMember(member, 0);
        WriteElement(value);
    }

    /// <summary>Opens an object under a name that is JSON already. For generated code.</summary>
    /// <param name="member">Name and colon, such as <c>"task_id":</c>. Not checked.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedStartObject(scoped ReadOnlySpan<byte> member) => Open((byte)'{', PutMember(member, 0));

    /// <summary>Opens an array under a name that is JSON already. For generated code.</summary>
    /// <inheritdoc cref="WriteEncodedStartObject" path="/param"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void WriteEncodedStartArray(scoped ReadOnlySpan<byte> member) => Open((byte)'[', PutMember(member, 0));

    /// <summary>Writes the member, and makes room for a value of this length with its quotation marks and comma.</summary>
    /// <returns>Where the value begins.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PutMember(scoped ReadOnlySpan<byte> member, int valueLength)
    {
        Ensure(member.Length + valueLength + MemberOverhead);
        member.CopyTo(_bytes[_position..]);
        return _position + member.Length;
    }
}
