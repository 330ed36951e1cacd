using System.Buffers;
using System.Text;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>
/// Segments of a request's path as the caller wrote them. The server decodes a path but for <c>%2F</c>, so that a route value cannot tell
/// a user <c>a/b</c> from a user <c>a%2Fb</c>; the request's own line can (docs/decisions/0051).
/// </summary>
internal static class RawPath
{
    /// <summary>What is wrong with a path that cannot be read.</summary>
    public const string Problem =
        "The path cannot be read: write names in UTF-8, percent-encoded ('/' as %2F), and no '.' or '..' as a segment; " +
        "a user who is called so is reached through the batch addresses.";

    private const int StackLength = 256;

    /// <summary>A segment, decoded.</summary>
    /// <param name="context">The request; its endpoint says how many segments there are.</param>
    /// <param name="index">Which segment, from 0.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>Whether the path is one that can be read.</returns>
    public static bool TryRead(HttpContext context, int index, out string segment)
    {
        segment = "";
        var count = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments.Count;
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget;
        return target is not null && TryFind(target, index, count, out var raw) && TryDecode(raw, out segment);
    }

    // The endpoint was chosen by the path without its dot segments: where the count is the same, there were none.
    internal static bool TryFind(ReadOnlySpan<char> target, int index, int? count, out ReadOnlySpan<char> segment)
    {
        segment = default;
        var path = PathOf(target).TrimEnd('/');
        var number = 0;
        while (path.Length > 0)
        {
            path = path[1..];
            var end = path.IndexOf('/');
            if (number++ == index)
                segment = end < 0 ? path : path[..end];
            path = end < 0 ? default : path[end..];
        }

        return number > index && (count is null || number == count);
    }

    internal static bool TryDecode(ReadOnlySpan<char> raw, out string text)
    {
        text = "";
        if (!raw.Contains('%'))
        {
            text = raw.ToString();
            return true;
        }

        var rented = raw.Length > StackLength ? ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackLength];
        try
        {
            var length = 0;
            for (var i = 0; i < raw.Length; i++)
            {
                if (!char.IsAscii(raw[i]))
                    return false;
                if (raw[i] != '%')
                {
                    bytes[length++] = (byte)raw[i];
                    continue;
                }

                if (i + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[i + 1]) || !char.IsAsciiHexDigit(raw[i + 2]))
                    return false;
                bytes[length++] = (byte)((Hex(raw[i + 1]) << 4) | Hex(raw[i + 2]));
                i += 2;
            }

            if (!System.Text.Unicode.Utf8.IsValid(bytes[..length]))
                return false;
            text = Encoding.UTF8.GetString(bytes[..length]);
            return true;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Hex(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    // Mostly "/path?query"; a proxy's form is "http://host/path?query".
    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        if (target.Length > 0 && target[0] != '/')
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            var start = authority < 0 ? -1 : target[(authority + 3)..].IndexOf('/');
            target = start < 0 ? default : target[(authority + 3 + start)..];
        }

        var end = target.IndexOfAny('?', '#');
        return end < 0 ? target : target[..end];
    }
}
