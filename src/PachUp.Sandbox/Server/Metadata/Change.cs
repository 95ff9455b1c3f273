using Google.Protobuf;

namespace PachUp.Sandbox.Server.Metadata;

/// <summary>A key of a collection that got another message, or none.</summary>
/// <param name="Collection">The name of the collection.</param>
/// <param name="Key">The key in it.</param>
/// <param name="After">What is there now; null where the key was deleted.</param>
/// <param name="Undo">Puts back what was there before.</param>
internal sealed record Change(string Collection, string Key, KeptMessage? After, Action Undo);

/// <summary>A message as a collection keeps it.</summary>
/// <param name="Message">The message, which nobody changes any more.</param>
/// <param name="Created">The revision at which its key got a message.</param>
/// <param name="Changed">The revision at which it became as it is.</param>
internal sealed record KeptMessage(IMessage Message, long Created, long Changed);

/// <summary>A message of a collection as it comes back from disk.</summary>
/// <param name="Collection">The name of the collection.</param>
/// <param name="Key">The key in it.</param>
/// <param name="Created">The revision at which the key got a message.</param>
/// <param name="Changed">The revision at which the message became as it is.</param>
/// <param name="Message">The message in its wire format.</param>
internal sealed record StoredMessage(string Collection, string Key, long Created, long Changed, byte[] Message);
