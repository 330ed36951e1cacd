using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Telemetry.Events.RestProxy.Tests.Connection;

public class RestProxyUrlTests
{
    [Theory]
    [InlineData("http://proxy:8082", "http://proxy:8082/")]
    [InlineData(" https://proxy ", "https://proxy/")]
    [InlineData("http://[::1]:8082/", "http://[::1]:8082/")]
    [InlineData("https://pkc-1.aws.confluent.cloud/kafka", "https://pkc-1.aws.confluent.cloud/kafka/")]
    [InlineData("HTTP://proxy/a/b/", "http://proxy/a/b/")]
    public void Addresses_are_read(string text, string expected)
    {
        Assert.True(RestProxyUrl.TryParse(text, out var url, out _));
        Assert.Equal((expected, null, null), (url.Base.ToString(), url.UserName, url.Password));
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("proxy:8082", "it has no http:// or https:// in front")]
    [InlineData("kafka://proxy:8082", "its scheme is neither http nor https")]
    [InlineData("http://", "its host or port cannot be read")]
    [InlineData("http://proxy:99999", "its host or port cannot be read")]
    [InlineData("http://user@proxy", "before the @ it has no user:password")]
    [InlineData("http://us%3Aer:x@proxy", "its user holds a colon")]
    [InlineData("http://proxy?a=b", "it has a query or a fragment")]
    [InlineData("http://user:pa/ss@proxy", "an @ stands behind its first /")]
    public void What_is_no_address_is_refused_with_the_cause_and_the_form(string? text, string cause)
    {
        Assert.False(RestProxyUrl.TryParse(text, out _, out var error));
        Assert.Contains(cause, error, StringComparison.Ordinal);
        Assert.Contains("It reads http(s)://[user:password@]host[:port][/prefix].", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:hunter2@proxy?x")]
    [InlineData("http://user:hun@ter2@proxy?x")]
    [InlineData("http://user:hun/ter2@proxy")]
    [InlineData("http://user:hun?ter2@proxy")]
    [InlineData("ftp://user:hunter2@proxy")]
    [InlineData("user:hunter2@proxy")]
    [InlineData("http://proxy?token=hunter2")]
    public void No_message_shows_a_secret(string text)
    {
        Assert.False(RestProxyUrl.TryParse(text, out _, out var error));
        Assert.DoesNotContain("ter2", error, StringComparison.Ordinal);
    }

    [Property(MaxTest = 500)]
    public Property Any_user_and_password_round_trip_and_are_not_shown(NonEmptyString user, NonEmptyString password)
    {
        var (name, secret) = (WellFormed(user.Get).Replace(":", "", StringComparison.Ordinal), WellFormed(password.Get));
        return new Func<bool>(() =>
            RestProxyUrl.TryParse($"https://{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(secret)}@proxy/p", out var url, out _) &&
            url.UserName == name && url.Password == secret && url.ToString() == "https://proxy/p/").When(name.Length > 0);
    }

    [Property(MaxTest = 2000)]
    public void No_text_makes_it_throw(string text) =>
        Assert.Equal(RestProxyUrl.TryParse(text, out var url, out var error), url is not null && error is null);

    private static string WellFormed(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
