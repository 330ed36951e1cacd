using System.Text;
using Telemetry.Events.Envelope;

namespace Telemetry.Events.Tests.Envelope;

public class JsonTextTests
{
    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('"' or '\\');

    [Fact]
    public void Every_character_at_every_place_of_every_short_length_is_told_plain_or_special()
    {
        var characters = Enumerable.Range(0, 0x180).Concat([0x2028, 0x7FFF, 0x8000, 0x80FF, 0xD800, 0xDFFF, 0xFF22, 0xFFFF]).Select(c => (char)c).ToArray();
        for (var length = 1; length <= 50; length++)
        {
            for (var place = 0; place < length; place++)
            {
                foreach (var c in characters)
                {
                    var text = string.Create(length, (place, c), static (span, state) => { span.Fill('x'); span[state.place] = state.c; });
                    var bytes = new byte[length];
                    var written = JsonText.TryWritePlain(text, bytes);
                    Assert.True(written == IsPlain(c), $"{(int)c:x4} at {place} of {length}");
                    if (written)
                        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
                    if (c <= 0xFF)
                        Assert.True(JsonText.IsPlain(Encoding.Latin1.GetBytes(text)) == IsPlain(c), $"{(int)c:x4} at {place} of {length}, as a name");
                }
            }
        }
    }

    [Fact]
    public void No_text_is_plain() => Assert.True(JsonText.TryWritePlain("", []) && JsonText.IsPlain([]));
}
