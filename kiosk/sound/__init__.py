"""What the kiosk lets hear: a short tone for the officer, and now and then a spoken invitation.

`invitation-vi.wav` was spoken by espeak-ng's northern Vietnamese voice (`espeak-ng -v vi -s 140 -p 42 -g 2`) and says
"Xin chào! Xin mời quét mã trên màn hình. Xin cảm ơn.": no app's name, so that it serves every campaign, and it reads
foreign names poorly. `sound.invitation` puts a recorded file in its place.
"""
