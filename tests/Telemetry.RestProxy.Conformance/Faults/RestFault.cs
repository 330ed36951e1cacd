namespace Telemetry.RestProxy.Conformance;

/// <summary>How the server treats one produce request. Made by the static methods, changed by <c>with</c>.</summary>
/// <remarks>
/// A fault has three parts: which records it fails, how many of the others it stores, and what it answers. The control
/// endpoint takes the same properties as JSON.
/// </remarks>
public sealed record RestFault
{
    /// <summary>The reply's form. Default: <see cref="RestReply.Normal"/>.</summary>
    public RestReply Reply { get; init; }

    /// <summary>The HTTP status. Default: 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The <c>error_code</c> of <see cref="RestReply.Error"/>. Default: the status.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The message of <see cref="RestReply.Error"/>. Default: one that names the status.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// How many records, from the first, are stored: <see langword="null"/> for all, 0 for none. A
    /// <see cref="RestReply.Normal"/> reply stores all that do not fail.
    /// </summary>
    public int? StoredRecords { get; init; }

    /// <summary>How the records at <see cref="Positions"/> fail. Default: none does.</summary>
    public RecordFailure? Failure { get; init; }

    /// <summary>The positions, from 0, that fail by <see cref="Failure"/>; empty for all.</summary>
    public IReadOnlyList<int> Positions { get; init; } = [];

    /// <summary>The <c>Retry-After</c> header as it is sent: seconds, or an HTTP date. Default: none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The reply's content type. Default: the dialect's.</summary>
    public string? ContentType { get; init; }

    /// <summary>The answer begins this much after the records are stored. Default: zero.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// How many positions a normal reply has: fewer than the records, or more, the last one repeated. Default: as many.
    /// </summary>
    public int? ReplyCount { get; init; }

    /// <summary>Cuts the connection after the reply's last byte, instead of ending the response. Default: no.</summary>
    public bool CutAfterReply { get; init; }

    /// <summary>Fails records inside a 200; their siblings are stored.</summary>
    /// <param name="failure">How they fail.</param>
    /// <param name="positions">Which, from 0; none given means all.</param>
    public static RestFault FailRecords(RecordFailure failure, params int[] positions) =>
        new() { Failure = failure, Positions = positions };

    /// <summary>As <see cref="FailRecords"/>, inside a 207.</summary>
    /// <param name="failure">How they fail.</param>
    /// <param name="positions">Which, from 0; none given means all.</param>
    public static RestFault MultiStatus(RecordFailure failure, params int[] positions) =>
        FailRecords(failure, positions) with { Status = 207 };

    /// <summary>Fails the whole request.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="errorCode">The body's <c>error_code</c>; the status by default.</param>
    /// <param name="storedRecords">How many records are stored all the same; <see cref="int.MaxValue"/> for all.</param>
    /// <param name="message">The body's message.</param>
    public static RestFault Error(int status, int? errorCode = null, int storedRecords = 0, string? message = null) =>
        new() { Reply = RestReply.Error, Status = status, ErrorCode = errorCode, StoredRecords = storedRecords, Message = message };

    /// <summary>429 or 503 with <c>Retry-After</c> in seconds; nothing is stored.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="seconds">Whole seconds to wait.</param>
    public static RestFault Overloaded(int status, int seconds) =>
        Error(status) with { RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    /// <summary>429 or 503 with <c>Retry-After</c> as an HTTP date; nothing is stored.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="until">When to come again; whole seconds count.</param>
    public static RestFault Overloaded(int status, DateTimeOffset until) =>
        Error(status) with { RetryAfter = until.ToUniversalTime().ToString("r", System.Globalization.CultureInfo.InvariantCulture) };

    /// <summary>Stores all records and answers the first few only.</summary>
    /// <param name="replies">How many positions the reply has.</param>
    /// <param name="cut">Cuts the connection then, instead of ending the response as if it were whole.</param>
    public static RestFault TruncateReplies(int replies, bool cut = false) =>
        new() { ReplyCount = replies, CutAfterReply = cut };

    /// <summary>Stores all records and answers with another number of positions.</summary>
    /// <param name="positions">How many; above the number of records the last one is repeated.</param>
    public static RestFault WrongReplyCount(int positions) => new() { ReplyCount = positions };

    /// <summary>Stores all records and answers with bytes that are no JSON.</summary>
    public static RestFault Garbage() => new() { Reply = RestReply.Garbage };

    /// <summary>Stores nothing and answers as a load balancer would.</summary>
    /// <param name="status">The HTTP status; 502 by default, and 200 is possible.</param>
    public static RestFault HtmlPage(int status = 502) =>
        new() { Reply = RestReply.HtmlPage, Status = status, StoredRecords = 0 };

    /// <summary>Stores all records, sends half of the reply and cuts the connection.</summary>
    public static RestFault HalfBody() => new() { Reply = RestReply.HalfBody };

    /// <summary>Stores some records and never answers.</summary>
    /// <param name="storedRecords">How many, none by default; <see cref="int.MaxValue"/> for all.</param>
    public static RestFault NeverAnswer(int storedRecords = 0) =>
        new() { Reply = RestReply.Never, StoredRecords = storedRecords };

    /// <summary>Stores all records and answers late.</summary>
    /// <param name="delay">How late.</param>
    public static RestFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>Reads the request, stores some records and resets the connection.</summary>
    /// <param name="storedRecords">How many, none by default; <see cref="int.MaxValue"/> for all.</param>
    public static RestFault Reset(int storedRecords = 0) =>
        new() { Reply = RestReply.Reset, StoredRecords = storedRecords };

    /// <summary>Stores all records and answers well, under a false content type.</summary>
    /// <param name="contentType">The type that the reply claims to have.</param>
    public static RestFault WrongContentType(string contentType = "text/plain") => new() { ContentType = contentType };

    internal bool Fails(int position) => Failure is not null && (Positions.Count == 0 || Positions.Contains(position));
}
