using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Api;

namespace Telemetry.Collector.Tests.Api;

public class RawPreviewTests
{
    [Fact]
    public void An_empty_value_is_empty_text() => Assert.Equal(new RawPreview("", null, false), RawPreview.Of([]));

    [Fact]
    public void A_value_of_the_full_length_is_shown_whole()
    {
        var preview = RawPreview.Of(Encoding.UTF8.GetBytes(new string('a', RawPreview.MaxBytes)));

        Assert.Equal((RawPreview.MaxBytes, false), (preview.Text!.Length, preview.IsTruncated));
    }

    [Fact]
    public void Long_binary_is_cut_and_says_so()
    {
        var raw = Enumerable.Repeat((byte)0xff, RawPreview.MaxBytes + 1).ToArray();

        var preview = RawPreview.Of(raw);

        Assert.Null(preview.Text);
        Assert.True(preview.IsTruncated);
        Assert.Equal(raw[..RawPreview.MaxBytes], Convert.FromBase64String(preview.Base64!));
    }

    [Property]
    public void Text_stays_text_wherever_the_cut_falls(NonNegativeInt padding)
    {
        var text = new string('a', padding.Get % 5) + string.Concat(Enumerable.Repeat("aé€\U0001F600", 1000));

        var preview = RawPreview.Of(Encoding.UTF8.GetBytes(text));

        Assert.True(preview.IsTruncated);
        Assert.StartsWith(preview.Text!, text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(preview.Text!), RawPreview.MaxBytes - 3, RawPreview.MaxBytes);
    }
}
